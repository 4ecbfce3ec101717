#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Another process of this program: each measurement starts with the memory of a fresh one.
enum Child {
    /// Starts this program with some arguments and hands over what it prints.
    ///
    /// - Parameters:
    ///   - arguments: The arguments after the program's name.
    ///   - line: Called with each line that the process prints.
    /// - Throws: ``ChildFailure`` if it ends with an error.
    static func run(_ arguments: [String], line: (String) -> Void) throws {
        let command = ([CommandLine.arguments[0]] + arguments).map(quoted).joined(separator: " ")
        guard let output = popen(command, "r") else { throw ChildFailure(command: command, status: -1) }
        var buffer = [CChar](repeating: 0, count: 1_024)
        while fgets(&buffer, Int32(buffer.count), output) != nil {
            let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
            line(String(decoding: bytes, as: UTF8.self))
        }
        let status = pclose(output)
        if status != 0 { throw ChildFailure(command: command, status: status) }
    }

    private static func quoted(_ argument: String) -> String { "'\(argument)'" }
}

/// A measuring process that did not end well; it has said why.
struct ChildFailure: Error, CustomStringConvertible {
    let command: String
    let status: Int32

    var description: String { "\(command) ended with status \(status)" }
}
