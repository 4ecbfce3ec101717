import Dispatch
import ProtoLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

let check = Task { await CheckCommand.run(Array(CommandLine.arguments.dropFirst())) }

// The first interrupt stops at the next task; the second does not wait for it.
signal(SIGINT, SIG_IGN)
let interrupts = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
interrupts.setEventHandler {
    if check.isCancelled {
        exit(CheckCommand.Status.interrupted.rawValue)
    }
    check.cancel()
}
interrupts.resume()

exit(await check.value.rawValue)
