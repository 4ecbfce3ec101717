#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileStamp {
    /// How far the clock of a usual file system may lag behind: one tick at 100 Hz, twice.
    private static let tick: Int64 = 20_000_000

    /// The same for file systems that keep whole seconds, or, as FAT does, every other one.
    private static let coarseTick: Int64 = 2_000_000_000 + tick

    /// Creates a stamp, without a hash, from what the system says about a file.
    ///
    /// - Parameters:
    ///   - status: What the system says.
    ///   - now: A time *before* the system was asked; the earlier it is, the fewer stamps are trusted.
    init(_ status: stat, now: Int64) {
        #if canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        self.init(
            kind: Self.kind(mode: UInt32(status.st_mode)),
            size: Int64(status.st_size),
            modified: modified.nanoseconds,
            changed: changed.nanoseconds,
            inode: UInt64(truncatingIfNeeded: status.st_ino),
            isProvisional: Self.isTooFresh(modified, now: now) || Self.isTooFresh(changed, now: now)
        )
    }

    /// The present time in nanoseconds since 1970.
    package static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.nanoseconds
    }

    /// Whether a file that has this time could be written again and have it still.
    ///
    /// A time in the future says that the two clocks have nothing to do with each other; then nothing is trusted.
    private static func isTooFresh(_ time: timespec, now: Int64) -> Bool {
        if Mutation.isOn(.freshTimesTrusted) { return false }
        // One file in a billion has a whole second by chance, and merely is not trusted for two seconds.
        return time.nanoseconds > now - (time.tv_nsec == 0 ? coarseTick : tick)
    }

    private static func kind(mode: UInt32) -> Kind {
        switch mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG): .regularFile
        case UInt32(S_IFDIR): .directory
        default: .other
        }
    }
}

extension timespec {
    /// Nanoseconds since 1970; wraps beyond the year 2262, which leaves different times different.
    fileprivate var nanoseconds: Int64 {
        Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec)
    }
}
