#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What people and other programs see of this one.
enum Console {
    /// Prints a line at once, also into a pipe: the next may take minutes.
    static func show(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Tells something that is no result.
    static func note(_ text: String) {
        let message = Array("pie-benchmarks: \(text)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
    }
}
