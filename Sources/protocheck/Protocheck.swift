import Dispatch
import ProtoLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program: the command, with interrupts made into cancellation.
@main struct Protocheck {
    /// Runs the command and exits with its status.
    static func main() async {
        let check = Task.detached { await CheckCommand.run(Array(CommandLine.arguments.dropFirst())) }
        let interrupts = watchInterrupts(cancelling: check)
        let status = await check.value
        interrupts.cancel()
        exit(status.rawValue)
    }

    /// Cancels `check` at the first interrupt, so that it stops at its next task; a second one does not wait for that.
    private static func watchInterrupts(
        cancelling check: Task<CheckCommand.Status, Never>
    ) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        // The threads of the default queue are the ones that the tasks keep busy.
        let queue = DispatchQueue(label: "protocheck.interrupts", qos: .userInteractive)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: queue)
        source.setEventHandler {
            if check.isCancelled {
                exit(CheckCommand.Status.interrupted.rawValue)
            }
            check.cancel()
        }
        source.resume()
        return source
    }
}
