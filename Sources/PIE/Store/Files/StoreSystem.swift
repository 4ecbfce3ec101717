/// The system calls that a store makes: the real ones, or others that fail when a test wants them to.
///
/// Each call throws the error number that the system gave; repeating what a signal interrupted, going on after a short
/// write, and saying what all that means is left to ``StoreFile`` and those above it.
package struct StoreSystem: Sendable {
    /// Opens a file, with permission for everybody as far as the process grants it, if it is created.
    package var openFile: @Sendable (_ path: String, _ flags: CInt) throws(SystemFailure) -> CInt

    /// Closes an open file; what goes wrong then is of no interest, since what counts was synced.
    package var closeFile: @Sendable (_ file: CInt) -> Void

    /// Reads bytes from an offset on, perhaps fewer than asked for; none at the end of the file.
    package var readBytes:
        @Sendable (_ file: CInt, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) throws(SystemFailure) -> Int

    /// Writes bytes from an offset on, perhaps fewer than given.
    package var writeBytes:
        @Sendable (_ file: CInt, _ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(SystemFailure) -> Int

    /// Brings what was written to the disk; fully: out of the memory of the drive too, where the system can ask for it.
    package var syncFile: @Sendable (_ file: CInt, _ fully: Bool) throws(SystemFailure) -> Void

    /// Looks at an open file.
    package var lookAtFile: @Sendable (_ file: CInt) throws(SystemFailure) -> Status

    /// Looks at a path, links followed.
    package var lookAtPath: @Sendable (_ path: String) throws(SystemFailure) -> Status

    /// Gives a file another name, in the place of whatever has that name.
    package var renameFile: @Sendable (_ path: String, _ newPath: String) throws(SystemFailure) -> Void

    /// Gives a file a second name, which nothing may have yet.
    package var linkFile: @Sendable (_ path: String, _ newPath: String) throws(SystemFailure) -> Void

    /// Takes a name away from a file.
    package var removeFile: @Sendable (_ path: String) throws(SystemFailure) -> Void

    /// Makes a folder, and those above it; one that is there already is as good.
    package var makeFolder: @Sendable (_ path: String) throws(SystemFailure) -> Void

    /// The names in a folder.
    package var listFolder: @Sendable (_ path: String) throws(SystemFailure) -> [String]

    /// Maps the first bytes of an open file into memory, to be read only.
    package var mapFile: @Sendable (_ file: CInt, _ count: Int) throws(SystemFailure) -> UnsafeRawPointer

    /// Takes a mapping out of memory.
    package var unmapFile: @Sendable (_ start: UnsafeRawPointer, _ count: Int) -> Void

    /// Locks an open file for its owner alone, without waiting; fails with `EWOULDBLOCK` if another has it.
    package var lockFile: @Sendable (_ file: CInt) throws(SystemFailure) -> Void

    /// Gives a lock back: closing the file would not, as long as a process that is being started still shares it.
    package var unlockFile: @Sendable (_ file: CInt) -> Void

    /// What there is to know about a file.
    package struct Status: Hashable, Sendable {
        /// The numbers by which the system knows the file, whatever its names.
        package var device: UInt64
        package var inode: UInt64

        /// The number of bytes.
        package var size: Int

        /// Whether it is a file and not a folder, a pipe or a device.
        package var isRegular: Bool

        /// Whether both are about one file.
        package func isSameFile(as other: Status) -> Bool { device == other.device && inode == other.inode }
    }
}
