#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who holds the lock of a store, as the lock file says for people to read.
package struct LockHolder: Hashable, Sendable {
    /// The number of the process.
    package var process: Int32

    /// When the process was started, in seconds since 1970: tells it from a later one with the same number.
    package var started: Int64

    /// The name of the machine, on which the number means something.
    package var host: String

    /// Since when it has had the lock, in seconds since 1970.
    package var since: Int64

    /// Creates a holder.
    package init(process: Int32, started: Int64, host: String, since: Int64) {
        self.process = process
        self.started = started
        self.host = host
        self.since = since
    }
}

extension LockHolder {
    private static let title = "pie store lock 1"
    private static let end = "."

    /// The greatest number of bytes that a lock file is read of.
    static let maximumSize = 1024

    /// What the lock file contains: five lines of text, and a last one that says that all are there.
    var encoded: [UInt8] {
        Array("\(Self.title)\n\(process)\n\(started)\n\(since)\n\(host)\n\(Self.end)\n".utf8)
    }

    /// Reads the content of a lock file; nil if nobody has written it, or not to its end yet.
    init?(_ bytes: some Sequence<UInt8>) {
        // Characters would take a carriage return and a line feed for one.
        let lines = Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 6, lines[0] == Self.title, lines[5] == Self.end,
            let process = Int32(lines[1]), let started = Int64(lines[2]), let since = Int64(lines[3])
        else { return nil }
        self.init(process: process, started: started, host: lines[4], since: since)
    }
}

extension LockHolder: CustomStringConvertible {
    /// Such as `process 4711 on lark, started 2026-03-01 09:12:44 UTC, since 2026-03-01 09:12:45 UTC`.
    package var description: String {
        "process \(process) on \(host), started \(Self.text(started)), since \(Self.text(since))"
    }

    private static func text(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        // Years that no calendar knows come from files that were not written by this code.
        guard gmtime_r(&time, &parts) != nil else { return "at an unknown time" }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let base = buffer.baseAddress,
                strftime(base, buffer.count, "%Y-%m-%d %H:%M:%S UTC", &parts) > 0
            else { return "at an unknown time" }
            return String(cString: base)
        }
    }
}
