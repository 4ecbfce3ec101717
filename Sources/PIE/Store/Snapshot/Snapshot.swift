/// One immutable file of blobs by id, mapped, and verified block by block when it is read.
///
/// ```
/// try Snapshot.write(at: path, store: store, generation: 7) { (writer) throws(StoreError) in
///     try writer.appendTask(blob, hash: hash)                                 // the task with id 1
///     try writer.skipTask()                                                   // there is none with id 2
///     return state
/// }
/// let snapshot = try Snapshot(at: path)
/// let id = try snapshot.findTask(hash) { (id) throws(SnapshotDamage) in … }   // compares the key in the blob
/// ```
///
/// Opening looks at the header, the footer and the checksums, and at nothing else, however large the file is. Whatever
/// is asked for later is read where the system maps it, after the checksums of the blocks in which it lies were
/// compared, once for each block. Nothing that a file contains is believed: an offset that leads out of it is damage,
/// as is a block that has another checksum.
///
/// What is returned lies in the mapping and is valid as long as the snapshot lives. Keep a reference to it meanwhile, in
/// a property or with `withExtendedLifetime`: in `try Snapshot(at: path).state()` it is gone before its bytes are read.
/// All calls may be made from several threads at once.
///
/// ## Format
///
/// All numbers are little-endian. *H* is 64 bits of a hash: the halves of ``ContentHash``, combined by exclusive or.
///
/// | bytes | header |
/// |---|---|
/// | 0 ..< 8 | `89 50 49 45 53 0D 0A 1A` |
/// | 8 ..< 12 | version of the format: 1. The 48 bytes of the header have the same layout in all versions |
/// | 12 ..< 16 | zero |
/// | 16 ..< 32 | identifier of the store, random: two 64-bit numbers |
/// | 32 ..< 40 | generation |
/// | 40 ..< 48 | *H* of bytes 0 ..< 40 |
///
/// Behind it lie, without gaps, where *T* and *R* are the numbers of task and resource ids, *t* and *r* the numbers of
/// those that have a blob, and *slots*(*n*) = *n* + ⌊*n* / 3⌋ + 1, or 0 for *n* = 0:
///
/// | bytes | part |
/// |---|---|
/// | until *B* | blobs, each at a multiple of 4: its number of bytes, seven bits a byte, the lowest first, with the highest bit set in all but the last byte; its bytes; up to three zeros |
/// | 4 · *T* | for each task id from 1 on: where its blob begins, divided by 4; 0 if it has none |
/// | 4 · *R* | the same for resource ids |
/// | 4 · *slots*(*t*) | index of tasks |
/// | 4 · *slots*(*r*) | index of resources |
/// | *S* | state |
/// | 8 · *N* | *H* of each of the *N* blocks of 4,096 bytes of all that lies in front of this, the last of which may be shorter |
///
/// In an index of *s* slots the id with hash *h* stands in slot ⌊*h* · *s* / 2^64⌋, or in the first behind it, the
/// first slot following the last, that was empty when the ids were entered in their order. A slot is 0 if it is empty.
/// Otherwise its lowest bits are the id, as many as the greatest id needs (*T* or *R*), and the others are those of
/// *h* in the same places.
///
/// | bytes | footer, the last 56 bytes of the file |
/// |---|---|
/// | 0 ..< 8 | *B* |
/// | 8 ..< 16 | *S* |
/// | 16 ..< 32 | *T*, *t*, *R*, *r*: four 32-bit numbers |
/// | 32 ..< 40 | the bytes 40 ..< 48 of the header |
/// | 40 ..< 48 | *H* of all checksums of blocks |
/// | 48 ..< 56 | *H* of bytes 0 ..< 48 of the footer |
///
/// A file has at most 2^34 bytes (16 GiB) and 2^32 − 1 ids of a kind. Equal content in equal order gives equal bytes.
package final class Snapshot: Sendable {
    /// The greatest number of bytes of a file.
    package static let maximumSize = 1 << 34

    /// Whose snapshot it is.
    package let store: StoreIdentifier

    /// How often the store was folded.
    package let generation: UInt64

    let path: String
    let layout: SnapshotLayout
    let verified: VerifiedBlocks

    /// All bytes of the file.
    // SAFETY: the memory is read-only, and mapped as long as `file`, which this object owns and never replaces.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    private let file: MappedFile

    /// Opens a snapshot.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - system: The system calls.
    /// - Throws: What is wrong with the file, as far as its header, its footer and its checksums tell.
    /// - Complexity: O(*n*) where *n* is the number of blocks: a 512th of the file is read.
    package init(at path: String, system: StoreSystem = .live) throws(SnapshotFailure) {
        let file = try Self.map(path, system: system)
        let bytes = file.withBytes { $0 }
        do throws(SnapshotFailure.Kind) {
            let header = try SnapshotHeader.decode(bytes)
            (store, generation) = (header.store, header.generation)
            layout = try SnapshotLayout(bytes, header: header.checksum)
        } catch {
            throw SnapshotFailure(error, path: path)
        }
        verified = VerifiedBlocks(count: layout.blockCount)
        self.path = path
        self.file = file
        self.bytes = bytes
    }

    private static func map(_ path: String, system: StoreSystem) throws(SnapshotFailure) -> MappedFile {
        do throws(StoreError) {
            if let file = try MappedFile.ifPresent(path, system: system) { return file }
        } catch {
            throw SnapshotFailure(.system(error), path: path)
        }
        throw SnapshotFailure(.missing, path: path)
    }

    /// The name of the file: each generation has its own.
    package static func fileName(generation: UInt64) -> String { "snapshot-\(generation)" }

    /// The number of bytes of the file.
    var size: Int { bytes.count }

    /// The number of task ids, which are 1 … this.
    package var taskCount: Int { layout.tasks.count }

    /// The number of resource ids, which are 1 … this.
    package var resourceCount: Int { layout.resources.count }
}
