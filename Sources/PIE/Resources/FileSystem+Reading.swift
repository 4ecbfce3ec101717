#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileSystem {
    /// How often a file that is being written is read again before it is taken as it is.
    private static let attempts = 8

    /// The number of bytes that are hashed at once, a multiple of ``ContentHasher/stripe``.
    ///
    /// They stay in the second-level cache, and however large a file is, no more memory is needed.
    private static let chunk = 128 * 1024

    /// The number of bytes from which on a file is not read into memory.
    private static let maximumSize = 1 << 40

    /// Reads a file.
    ///
    /// Bytes and metadata come from one open file, whose metadata is looked at before and after: if it was written in
    /// between, it is read again. A file that never comes to rest is given as it is, under a provisional stamp, so
    /// that the next check compares contents.
    ///
    /// - Parameters:
    ///   - file: The file; a link is followed.
    ///   - now: A time before this call.
    /// - Returns: The bytes and their stamp, with a hash; nil if there is no such file.
    /// - Throws: An error with the code `EISDIR` for a folder, `EINVAL` for a pipe or a device.
    package func read(
        at file: File,
        now: Int64 = FileStamp.now()
    ) throws(FileSystemError) -> (bytes: [UInt8], stamp: FileStamp)? {
        var bytes: [UInt8] = []
        let stamp = try read(file, now: now) { descriptor, size in
            guard let all = Self.allBytes(of: descriptor, size: size) else { return nil }
            bytes = all
            return ContentHash(all)
        }
        return stamp.kind == .missing ? nil : (bytes, stamp)
    }

    /// Hashes the bytes of a file without keeping them, otherwise like ``read(at:now:)``.
    ///
    /// - Returns: The stamp with a hash, or the stamp of a missing file.
    package func hash(at file: File, now: Int64 = FileStamp.now()) throws(FileSystemError) -> FileStamp {
        try read(file, now: now) { descriptor, size in Self.hash(of: descriptor, size: size) }
    }

    private func read(
        _ file: File,
        now: Int64,
        _ body: (borrowing FileDescriptor, Int) -> ContentHash?
    ) throws(FileSystemError) -> FileStamp {
        // Without O_NONBLOCK, opening a pipe waits for a writer.
        let number = withPath(of: file) { path in
            retryingWhenInterrupted { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        }
        guard let descriptor = FileDescriptor(number) else {
            let code = errno
            if Self.meansMissing(code) { return .missing }
            // So the system says of a socket.
            throw error(.read, file, code: code == ENXIO ? EINVAL : code)
        }
        return try stableStamp(of: descriptor, file, now: now, body)
    }

    /// Reads until the metadata before and after is the same.
    func stableStamp(
        of descriptor: borrowing FileDescriptor,
        _ file: File,
        now: Int64,
        _ body: (borrowing FileDescriptor, Int) -> ContentHash?
    ) throws(FileSystemError) -> FileStamp {
        guard var status = descriptor.status() else { throw error(.read, file) }
        // The first time serves all attempts: a later one would trust stamps that are too fresh.
        var before = FileStamp(status, now: now)
        if before.kind != .regularFile {
            throw error(.read, file, code: before.kind == .directory ? EISDIR : EINVAL)
        }
        for _ in 1...Self.attempts {
            guard let hash = body(descriptor, Int(before.size)) else { throw error(.read, file) }
            before.hash = hash
            guard let next = descriptor.status() else { throw error(.read, file) }
            status = next
            let after = FileStamp(status, now: now)
            if before.hasSameMetadata(as: after) { return before }
            before = after
            before.hash = hash
        }
        before.isProvisional = true
        return before
    }

    /// Reads to the end, in one call if the size is right.
    ///
    /// Files made up by the system, as in `/proc`, say that their size is zero.
    static func allBytes(of descriptor: borrowing FileDescriptor, size: Int) -> [UInt8]? {
        // The system may claim any size; what no memory could hold is refused rather than tried.
        guard size < maximumSize else {
            errno = EFBIG
            return nil
        }
        var isComplete = true
        var isGood = true
        // One more byte than needed: a file that has not grown ends before it.
        let capacity = size + 1
        // SAFETY: `count` is set to the number of bytes that were read into the buffer, or stays zero.
        var bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let all = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: capacity)
            guard let read = descriptor.readOnce(into: all, expecting: size) else {
                isGood = false
                return
            }
            count = read
            isComplete = read < capacity
        }
        while isGood && !isComplete {
            let start = bytes.count
            // SAFETY: as above.
            let more = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                guard let read = descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), from: start) else {
                    isGood = false
                    return
                }
                count = read
            }
            bytes += more
            isComplete = more.count < chunk
        }
        return isGood ? bytes : nil
    }

    private static func hash(of descriptor: borrowing FileDescriptor, size: Int) -> ContentHash? {
        let stripe = ContentHasher.stripe
        let capacity = size < chunk ? (size / stripe + 1) * stripe : chunk
        // SAFETY: only the bytes that were read are looked at, and the hasher keeps none of them.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 8)
        defer { buffer.deallocate() }
        var hasher = ContentHasher()
        var offset = 0
        while true {
            let read =
                offset == 0 && capacity > size
                ? descriptor.readOnce(into: buffer, expecting: size)
                : descriptor.read(into: buffer, from: offset)
            guard let read else { return nil }
            let whole = read & ~(stripe - 1)
            hasher.combine(stripes: UnsafeRawBufferPointer(rebasing: buffer[..<whole]))
            if read < capacity {
                return hasher.finish(tail: UnsafeRawBufferPointer(rebasing: buffer[whole..<read]))
            }
            offset += read
        }
    }
}

extension FileDescriptor {
    /// Like `read(into:from:)` from the beginning, but saves the call that would only say that the end is reached.
    fileprivate borrowing func readOnce(into buffer: UnsafeMutableRawBufferPointer, expecting size: Int) -> Int? {
        let number = number
        let count = retryingWhenInterrupted { pread(number, buffer.baseAddress, buffer.count, 0) }
        if count < 0 { return nil }
        // Fewer bytes than the buffer holds and as many as expected: that is the end, of a regular file.
        if count == buffer.count || (count == size && size > 0) { return count }
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        guard let more = read(into: rest, from: count) else { return nil }
        return count + more
    }
}
