import Foundation

/// Runs commands as a reader does.
public struct Shell: Sendable {
    /// The result of a command.
    public struct Result: Sendable {
        /// The exit status; not 0 means failure.
        public var status: Int32
        /// What it printed, messages of errors among it.
        public var output: String
    }

    /// Makes builds cheaper by what only debuggers need, and keeps each to one core, since several go on at once.
    private static let prelude = """
        swift() { command swift "$1" --jobs 1 -debug-info-format none "${@:2}"; }

        """

    /// Longer than this no command of a chapter may take.
    public static let limit: TimeInterval = 300

    /// Creates a shell.
    public init() {}

    /// Runs a command and waits for its end.
    ///
    /// - Parameters:
    ///   - command: The command line.
    ///   - folder: The folder to run it in.
    /// - Returns: Its status and output.
    /// - Throws: If no shell can be started.
    public func run(_ command: String, in folder: URL) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", Self.prelude + command]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["TERM"] = "dumb"
        environment["NO_COLOR"] = "1"
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let end = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit, execute: end)
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        end.cancel()
        return Result(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
