#if canImport(Glibc)
    import Glibc
#endif

/// The instructions that this process has executed outside of the kernel, on all of its threads.
///
/// Only Linux tells, and only where the machine has a counter that it lets a process read: most virtual ones have none.
enum Instructions {
    /// Whether this machine counts them.
    static var areCounted: Bool { counter != nil }

    #if canImport(Glibc)
        /// How many there were since this was asked for the first time.
        static var count: Int? {
            guard let counter else { return nil }
            var count: UInt64 = 0
            return read(counter, &count, MemoryLayout.size(ofValue: count)) == 8 ? Int(count) : nil
        }

        private static let counter: Int32? = open()

        /// Opens the counter of this thread and of those that it starts.
        private static func open() -> Int32? {
            #if arch(x86_64)
                let number = 298
            #elseif arch(arm64)
                let number = 241
            #else
                return nil
            #endif
            typealias Call = @convention(c) (Int, UnsafeRawPointer, Int, Int, Int, Int) -> Int
            guard let symbol = dlsym(nil, "syscall") else { return nil }
            // SAFETY: `syscall` takes a number and up to six words in the registers in which a function without variable
            // arguments gets them, on both architectures; the kernel reads 64 bytes and keeps no address.
            let call = unsafeBitCast(symbol, to: Call.self)
            // `perf_event_attr` in its first version: kind and size, event, three words that do not matter, flags.
            let hardware: UInt64 = 0
            let instructions: UInt64 = 1
            let (inherited, withoutKernel, withoutHypervisor): (UInt64, UInt64, UInt64) = (1 << 1, 1 << 5, 1 << 6)
            let flags = inherited | withoutKernel | withoutHypervisor
            let attributes: [UInt64] = [hardware | 64 << 32, instructions, 0, 0, 0, flags, 0, 0]
            let (thisThread, anyProcessor, noGroup, closedOnExecution) = (0, -1, -1, 8)
            let descriptor = call(number, attributes, thisThread, anyProcessor, noGroup, closedOnExecution)
            return descriptor >= 0 ? Int32(descriptor) : nil
        }
    #else
        /// How many there were.
        static var count: Int? { nil }
        private static let counter: Int32? = nil
    #endif
}
