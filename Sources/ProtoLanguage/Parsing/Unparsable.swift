/// Thrown when a statement cannot be understood; the error has been noted by then.
struct Unparsable: Error {}
