#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file of a store, closed when its one owner lets go of it.
///
/// Here calls are repeated that a signal interrupted, and short writes are continued.
struct StoreFile: ~Copyable, Sendable {
    /// The path, for messages.
    var path: String

    /// The number that the system knows the open file by.
    let number: CInt

    let system: StoreSystem

    /// Opens a file.
    init(opening path: String, flags: CInt, system: StoreSystem) throws(StoreError) {
        do throws(SystemFailure) {
            number = try Self.retrying { () throws(SystemFailure) in try system.openFile(path, flags) }
        } catch {
            throw StoreError(.open, path: path, error)
        }
        self.path = path
        self.system = system
    }

    deinit {
        // After an interruption the number is free again: closing it twice could close another thread's file.
        system.closeFile(number)
    }

    /// Looks at the open file.
    borrowing func status() throws(StoreError) -> StoreSystem.Status {
        let (system, number) = (system, number)
        do throws(SystemFailure) {
            return try Self.retrying { () throws(SystemFailure) in try system.lookAtFile(number) }
        } catch {
            throw StoreError(.look, path: path, error)
        }
    }

    /// Fills a buffer with the bytes from an offset on.
    ///
    /// - Returns: The number of bytes, fewer than the buffer holds only at the end of the file.
    borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StoreError) -> Int {
        let (system, number) = (system, number)
        var count = 0
        do throws(SystemFailure) {
            while count < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                let position = offset + count
                let step = try Self.retrying { () throws(SystemFailure) in
                    try system.readBytes(number, rest, position)
                }
                if step == 0 { break }
                count += step
            }
        } catch {
            throw StoreError(.read, path: path, error)
        }
        return count
    }

    /// Writes all bytes, from an offset on, with one call if the system takes them all at once.
    borrowing func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StoreError) {
        let (system, number) = (system, number)
        var count = 0
        do throws(SystemFailure) {
            while count < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[count...])
                let position = offset + count
                let step = try Self.retrying { () throws(SystemFailure) in
                    try system.writeBytes(number, rest, position)
                }
                // A system that takes nothing and says nothing would be asked for ever.
                if step <= 0 { throw SystemFailure(EIO) }
                count += step
            }
        } catch {
            throw StoreError(.write, path: path, error)
        }
    }

    /// Brings what was written to the disk.
    borrowing func sync(_ durability: Durability) throws(StoreError) {
        if durability == .written { return }
        let (system, number) = (system, number)
        do throws(SystemFailure) {
            try Self.retrying { () throws(SystemFailure) in try system.syncFile(number, durability == .fullySynced) }
        } catch {
            throw StoreError(.sync, path: path, error)
        }
    }

    /// Repeats a call until it is not interrupted by a signal.
    static func retrying<Result>(_ call: () throws(SystemFailure) -> Result) throws(SystemFailure) -> Result {
        while true {
            do throws(SystemFailure) {
                return try call()
            } catch {
                if error.code != EINTR { throw error }
            }
        }
    }
}
