#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension LockHolder {
    /// This process, from now on.
    static func current() -> LockHolder {
        LockHolder(process: getpid(), started: processStart, host: hostName(), since: Int64(time(nil)))
    }

    private static func hostName() -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, gethostname(base, buffer.count - 1) == 0 else { return "this machine" }
            // SAFETY: the last element of the buffer, which was not offered; a name that was cut off has no NUL.
            base[buffer.count - 1] = 0
            let name = String(cString: base)
            return name.isEmpty || name.utf8.contains(UInt8(ascii: "\n")) ? "this machine" : name
        }
    }

    /// When this process was started; where the system does not say, when that was first asked.
    private static let processStart: Int64 = systemProcessStart() ?? Int64(time(nil))

    #if canImport(Darwin)
        private static func systemProcessStart() -> Int64? {
            var info = proc_bsdinfo()
            let size = Int32(MemoryLayout<proc_bsdinfo>.size)
            guard proc_pidinfo(getpid(), PROC_PIDTBSDINFO, 0, &info, size) == size else { return nil }
            return Int64(info.pbi_start_tvsec)
        }
    #else
        private static func systemProcessStart() -> Int64? {
            // Field 22: clock ticks since the system was started. The name of the program, in parentheses, may
            // contain anything.
            guard let text = content(of: "/proc/self/stat"), let name = text.lastIndex(of: UInt8(ascii: ")")) else {
                return nil
            }
            let fields = text[(name + 1)...].split(separator: UInt8(ascii: " "))
            let ticksPerSecond = Int64(sysconf(CInt(_SC_CLK_TCK)))
            guard fields.count > 19, ticksPerSecond > 0,
                let ticks = Int64(String(decoding: fields[19], as: UTF8.self))
            else { return nil }
            var sinceBoot = timespec()
            guard clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0 else { return nil }
            return Int64(time(nil)) - Int64(sinceBoot.tv_sec) + ticks / ticksPerSecond
        }

        private static func content(of path: String) -> [UInt8]? {
            guard let file = FileDescriptor(open(path, O_RDONLY | O_CLOEXEC)) else { return nil }
            return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
                file.read(into: buffer, from: 0).map { Array(buffer[..<$0]) }
            }
        }
    #endif
}
