#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A process that is measured from the outside, from its start until it has ended.
struct FreshProcess {
    /// What it wrote to its standard output.
    let output: String

    /// The time that passed, or that of the processor that it used with `--cpu`.
    let time: Duration

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: The arguments after its name.
    /// - Throws: ``ChildFailure`` if it cannot be started, or ends with an error.
    init(_ program: String, _ arguments: [String]) throws {
        let command = ([program] + arguments).joined(separator: " ")
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ChildFailure(command: command, status: errno) }
        defer { close(ends[0]) }
        let start = Stopwatch.passed
        let process = Self.start(program, arguments, output: ends)
        close(ends[1])
        guard let process else { throw ChildFailure(command: command, status: -1) }
        output = Self.read(ends[0])
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let end = Stopwatch.passed
        if status != 0 { throw ChildFailure(command: command, status: status) }
        time =
            Stopwatch.countsProcessorTime
            ? Self.duration(usage.ru_utime) + Self.duration(usage.ru_stime)
            : end - start
    }

    private static func start(_ program: String, _ arguments: [String], output: [Int32]) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addclose(&actions, output[0])
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, output[1])
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        return posix_spawn(&process, program, &actions, nil, &words, environ) == 0 ? process : nil
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            #if canImport(Darwin)
                let count = Darwin.read(descriptor, &buffer, buffer.count)
            #elseif canImport(Musl)
                let count = Musl.read(descriptor, &buffer, buffer.count)
            #else
                let count = Glibc.read(descriptor, &buffer, buffer.count)
            #endif
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
    }
}
