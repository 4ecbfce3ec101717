#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file, closed when its one owner lets go of it.
struct FileDescriptor: ~Copyable {
    /// The number that the system knows the open file by.
    let number: CInt

    /// Takes over an open file; nil if the number says that opening it failed.
    init?(_ number: CInt) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit {
        // After an interruption the number is free again: closing it twice could close another thread's file.
        close(number)
    }

    /// What the system says about the open file; nil if it failed, with the reason in `errno`.
    borrowing func status() -> stat? {
        let number = number
        var status = stat()
        return retryingWhenInterrupted { fstat(number, &status) } == 0 ? status : nil
    }

    /// Fills a buffer with the bytes from an offset on.
    ///
    /// - Returns: The number of bytes, fewer than the buffer holds only at the end of the file; nil if reading failed.
    borrowing func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int? {
        let number = number
        guard let base = buffer.baseAddress else { return 0 }
        var count = 0
        while count < buffer.count {
            let start = count
            // SAFETY: `start` is less than the size of the buffer.
            let step = retryingWhenInterrupted {
                pread(number, base + start, buffer.count - start, off_t(offset + start))
            }
            if step < 0 { return nil }
            if step == 0 { break }
            count += step
        }
        return count
    }

    /// Writes all bytes; false if that failed, with the reason in `errno`.
    borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let number = number
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let length = rest.count
            #if canImport(Glibc)
                let step = retryingWhenInterrupted { Glibc.write(number, base, length) }
            #elseif canImport(Musl)
                let step = retryingWhenInterrupted { Musl.write(number, base, length) }
            #elseif canImport(Darwin)
                let step = retryingWhenInterrupted { Darwin.write(number, base, length) }
            #endif
            if step < 0 { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[step...])
        }
        return true
    }
}
