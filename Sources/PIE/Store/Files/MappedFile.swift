#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a file as they were when it was opened, read where the system keeps them.
///
/// Opening costs the same however large the file is; a page is read from the disk when something on it is asked for.
/// Whatever is asked for that does not lie in the file is nil: numbers that a damaged file contains may be passed on
/// unchecked. Numbers are little-endian and need not be aligned.
///
/// The file may get longer or lose its name; the mapping stays as it is. If it got *shorter*, touching a page that
/// lies behind its new end would kill the process with `SIGBUS`; no check before an access could rule that out. It does
/// not happen because nobody shortens these files: a store writes new files and renames them over old ones, also to cut
/// off the torn tail of a journal (see ``DurableFile``), and only the holder of the ``StoreLock`` writes. Readers
/// without the lock are safe for the same reason. What remains is somebody who overwrites the files of a store by hand
/// while it is in use: ``isWhole()`` tells that a file was cut, for owners that want to look now and then.
// SAFETY: `@unchecked` because of the pointer. The memory is read-only, belongs to this value alone, and stays mapped
// until its deinit; reading it from several threads at once is fine. Bytes behind the valid end of a journal may be
// written by another process meanwhile: they are believed only after their checksum was compared, and then stay.
package struct MappedFile: ~Copyable, @unchecked Sendable {
    /// The number of bytes.
    package let count: Int

    private let file: StoreFile
    private let start: UnsafeRawPointer?

    /// Maps a file.
    ///
    /// - Parameters:
    ///   - path: The path of a file; an empty file is as good as any.
    ///   - system: The system calls.
    /// - Throws: An error if there is no such file, or it cannot be mapped.
    package init(_ path: String, system: StoreSystem = .live) throws(StoreError) {
        // Without `O_NONBLOCK`, opening a pipe would wait for somebody who writes into it.
        let file = try StoreFile(opening: path, flags: O_RDONLY | O_NONBLOCK, system: system)
        let status = try file.status()
        guard status.isRegular else { throw StoreError(.notAFile, path: path) }
        start = try Self.map(file, count: status.size)
        count = status.size
        self.file = file
    }

    private static func map(_ file: borrowing StoreFile, count: Int) throws(StoreError) -> UnsafeRawPointer? {
        // The system maps no empty ranges.
        if count == 0 { return nil }
        let (system, number) = (file.system, file.number)
        do throws(SystemFailure) {
            return try StoreFile.retrying { () throws(SystemFailure) in try system.mapFile(number, count) }
        } catch {
            throw StoreError(.map, path: file.path, error)
        }
    }

    /// Maps a file; nil if there is none.
    package static func ifPresent(_ path: String, system: StoreSystem = .live) throws(StoreError) -> MappedFile? {
        do throws(StoreError) {
            return try MappedFile(path, system: system)
        } catch {
            if error.kind == .system(.open, SystemFailure(ENOENT)) { return nil }
            throw error
        }
    }

    deinit {
        if let start { file.system.unmapFile(start, count) }
    }

    /// The number at an offset; nil if it does not lie in the file.
    package borrowing func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int,
        as type: Number.Type
    ) -> Number? {
        guard let start, offset >= 0, offset <= count - MemoryLayout<Number>.size else { return nil }
        // SAFETY: all bytes of the number lie in the mapping, as was just checked; the difference does not overflow.
        return Number(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Calls a function with all bytes, which are not to be used after it has returned.
    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Calls a function with some bytes, which are not to be used after it has returned.
    ///
    /// - Returns: What the function returns; nil, without a call, if the bytes do not all lie in the file.
    package borrowing func withBytes<Result, Failure: Error>(
        at offset: Int,
        count length: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        // SAFETY: the range lies in the mapping, as was just checked; an empty file has the empty range alone.
        return try body(UnsafeRawBufferPointer(start: start.map { $0 + offset }, count: length))
    }

    /// Whether the file still has all bytes that were mapped.
    ///
    /// - Throws: An error if the system does not say.
    package borrowing func isWhole() throws(StoreError) -> Bool {
        try file.status().size >= count
    }
}
