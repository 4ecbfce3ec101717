import Dispatch
import ProtoLanguage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program: the command, with the signals that ask it to end made into cancellation.
@main struct Protocheck {
    /// The signal that has asked the program to end; 0 for none.
    private static let received = Atomic<Int32>(0)

    /// Runs the command and exits with its status, or with 128 and the number of the signal that has ended it.
    static func main() async {
        let check = Task.detached { await CheckCommand.run(Array(CommandLine.arguments.dropFirst())) }
        let sources = [SIGINT, SIGTERM].map { watch($0, cancelling: check) }
        let status = await check.value
        for source in sources { source.cancel() }
        let signal = received.load(ordering: .relaxed)
        exit(status == .interrupted && signal != 0 ? 128 + signal : status.rawValue)
    }

    /// Cancels `check` at the first signal, so that it stops at its next task; a second one does not wait for that.
    private static func watch(
        _ number: Int32,
        cancelling check: Task<CheckCommand.Status, Never>
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        // The threads of the default queue are the ones that the tasks keep busy.
        let queue = DispatchQueue(label: "protocheck.signals", qos: .userInteractive)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
            if check.isCancelled {
                exit(128 + number)
            }
            received.store(number, ordering: .relaxed)
            check.cancel()
        }
        source.resume()
        return source
    }
}
