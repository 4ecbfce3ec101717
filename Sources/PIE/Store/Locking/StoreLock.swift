#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write into the folder of a store, which one Pie at a time has, of whatever process.
///
/// The lock is one of the system on an open file (`flock`). It belongs to that one opening of the file: two Pies of one
/// process exclude each other like those of two. When a process ends, however it ends, the system takes it away: there
/// is no lock of a dead process that somebody would have to break. Subprocesses do not inherit it.
///
/// What the file contains is for people, and decides nothing: who holds the lock (``LockHolder``). It is emptied when
/// the lock is given back; so content found by the next holder is what a process left that did not come to that, in
/// ``recovered``. The file itself stays: removing it would let two processes lock two files of one name.
///
/// Reading a store needs no lock: see ``DurableFile`` and ``MappedFile`` for why. On network file systems the lock is as
/// good as that of the server.
package struct StoreLock: ~Copyable, Sendable {
    /// The holder that ended without giving the lock back, if there was one: it was killed, or the system failed.
    package let recovered: LockHolder?

    /// Who holds it now.
    package let holder: LockHolder

    private let file: StoreFile

    /// Takes the lock, if nobody has it.
    ///
    /// - Parameters:
    ///   - path: The path of the lock file; its folder exists, the file is created if there is none.
    ///   - system: The system calls.
    /// - Throws: An error of the kind ``StoreError/Kind/locked(by:)`` if somebody has it, another if the system refuses.
    package init(at path: String, system: StoreSystem = .live) throws(StoreError) {
        var file = try Self.open(path, system: system)
        try Self.lock(file)
        // Between opening and locking, somebody may have removed the file, and a third locked a new one.
        while try !Self.isInPlace(file) {
            file = try Self.open(path, system: system)
            try Self.lock(file)
        }
        let recovered = try Self.holder(in: file)
        let holder = LockHolder.current()
        do throws(StoreError) {
            try Self.write(holder.encoded, to: file)
        } catch {
            // What is there now may name somebody else.
            try? Self.write([], to: file)
            throw error
        }
        self.recovered = recovered
        self.holder = holder
        self.file = file
    }

    deinit {
        // A holder that cannot say that it ended in order will be taken for one that did not.
        try? Self.write([], to: file)
        file.system.unlockFile(file.number)
    }

    /// Whether the lock still keeps others out: nobody has removed its file, or the folder.
    ///
    /// - Throws: An error if the system does not say.
    package borrowing func isInForce() throws(StoreError) -> Bool {
        try Self.isInPlace(file)
    }

    private static func open(_ path: String, system: StoreSystem) throws(StoreError) -> StoreFile {
        // Without `O_NONBLOCK`, opening a pipe could wait for ever.
        let file = try StoreFile(opening: path, flags: O_RDWR | O_CREAT | O_NONBLOCK, system: system)
        guard try file.status().isRegular else { throw StoreError(.notAFile, path: path) }
        return file
    }

    private static func lock(_ file: borrowing StoreFile) throws(StoreError) {
        let (system, number) = (file.system, file.number)
        do throws(SystemFailure) {
            try StoreFile.retrying { () throws(SystemFailure) in try system.lockFile(number) }
        } catch {
            if error.code != EWOULDBLOCK { throw StoreError(.lock, path: file.path, error) }
            throw StoreError(.locked(by: try holder(in: file)), path: file.path)
        }
    }

    private static func holder(in file: borrowing StoreFile) throws(StoreError) -> LockHolder? {
        var bytes = [UInt8](repeating: 0, count: LockHolder.maximumSize)
        let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(StoreError) in
            try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
        }
        return LockHolder(bytes[..<count])
    }

    private static func isInPlace(_ file: borrowing StoreFile) throws(StoreError) -> Bool {
        let (system, path) = (file.system, file.path)
        let locked = try file.status()
        do throws(SystemFailure) {
            let present = try StoreFile.retrying { () throws(SystemFailure) in try system.lookAtPath(path) }
            return present.isSameFile(as: locked)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return false }
            throw StoreError(.look, path: path, error)
        }
    }

    /// Replaces the content by this one, of which never more than the beginning is missing.
    private static func write(_ content: [UInt8], to file: borrowing StoreFile) throws(StoreError) {
        // The file keeps its length: spaces behind the last line mean nothing.
        let filled =
            content + Array(repeating: UInt8(ascii: " "), count: max(0, LockHolder.maximumSize - content.count))
        try filled.withUnsafeBufferPointer { (bytes) throws(StoreError) in
            try file.write(UnsafeRawBufferPointer(bytes), at: 0)
        }
    }
}
