#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file into which the rows of a run go, one JSON object a line.
///
/// It takes the place of an earlier one when the run has ended well; until then it has `.partial` after its name.
struct Saving {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    /// Opens the file, before anything is measured.
    ///
    /// - Throws: ``SavedError`` if it cannot be written.
    init(_ path: String) throws {
        self.path = path
        guard let file = fopen(path + ".partial", "w") else { throw Self.refusal(path) }
        self.file = file
    }

    /// Writes a row.
    func add(_ row: Row) { fputs(row.json + "\n", file) }

    /// Gives the file its name.
    ///
    /// - Throws: ``SavedError`` if it was not written whole.
    func finish() throws {
        let isWhole = ferror(file) == 0
        guard fclose(file) == 0, isWhole, rename(path + ".partial", path) == 0 else { throw Self.refusal(path) }
    }

    private static func refusal(_ path: String) -> SavedError {
        SavedError(description: "--save: \(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
