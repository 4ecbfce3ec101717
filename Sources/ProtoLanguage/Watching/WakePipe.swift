#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets one thread end another one's wait for a descriptor.
final class WakePipe: Sendable {
    private let readEnd: CInt
    private let writeEnd: CInt

    /// Opens the pipe.
    init() throws(WatchFailure) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw WatchFailure(message: "No pipe can be opened: \(String(cString: strerror(errno))).")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the wait, and every later one.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// Waits until there is something to read from `descriptor`, some time has passed, or somebody wakes.
    ///
    /// - Parameters:
    ///   - descriptor: What to wait for besides; nil for nothing.
    ///   - timeout: How long to wait; nil for as long as it takes.
    /// - Returns: Whether nobody has woken.
    func wait(for descriptor: CInt?, timeout: Duration?) -> Bool {
        // A negative descriptor is passed over by the system.
        var events = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        // Rounded up, or a wait for less than a millisecond would be none.
        let milliseconds = timeout.map { max(0, ($0 / .milliseconds(1)).rounded(.up)) }
        _ = poll(&events, nfds_t(events.count), milliseconds.map { CInt(min($0, 1e9)) } ?? -1)
        return events[0].revents == 0
    }
}
