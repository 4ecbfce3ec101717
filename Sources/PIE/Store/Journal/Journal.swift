/// An append-only file of records that were written since a snapshot.
///
/// ```
/// let journal = try Journal(at: path, identity: identity) { record in … }     // replays, repairs, goes on behind it
/// try journal.append(type: 1, payload)                                        // in memory
/// if journal.isDue(at: .now) { try journal.flush(.written) }                  // one write for all of them
/// try journal.endSession(.synced)
/// ```
///
/// Payloads are opaque. The owner holds the ``StoreLock`` of the folder, calls from one thread at a time, and has the
/// timer; ``JournalGroup`` lets him collect records under one lock and write them under another.
///
/// ## What survives
///
/// A process that is killed loses what was not flushed; a system that fails what was not synced. Sessions are framed by
/// notes: that one has begun is synced before its first record is written (earlier, if the owner calls
/// ``beginSession(_:)`` before the session does anything that it would have to answer for), that it ended is written
/// with its last records. ``JournalReplay/lastSession`` tells whether the second note is missing. A session without
/// records and without an early note writes nothing and syncs nothing.
///
/// A write that fails, on a full disk for instance, loses nothing: the records stay in memory, the bytes before them
/// are untouched, and the next flush writes them again in the same place. After a *sync* that fails nobody knows what
/// is on the disk, and asking again may be answered with a yes that is not true: from then on every call throws that
/// error, and the owner goes on with a new file.
///
/// ## Folding
///
/// The file name contains the generation, so a fold can never lose records: write the journal of the next generation
/// with all records that are not in the new snapshot (``create(at:identity:records:inSession:durability:system:)``),
/// replace the snapshot by the next (``DurableFile``), which is the moment that counts, and remove the old journal. A
/// crash leaves a journal that belongs to no snapshot, to be removed.
///
/// ## Format
///
/// All numbers are little-endian. *H* is 64 bits of a hash: the halves of ``ContentHash``, combined by exclusive or.
///
/// | bytes | header |
/// |---|---|
/// | 0 ..< 8 | `89 50 49 45 4A 0D 0A 1A` |
/// | 8 ..< 12 | version of the format: 1. The 48 bytes of the header have the same layout in all versions |
/// | 12 ..< 16 | zero |
/// | 16 ..< 32 | identifier of the store, random: two 64-bit numbers |
/// | 32 ..< 40 | generation |
/// | 40 ..< 48 | *H* of bytes 0 ..< 40 |
///
/// Frames follow, without gaps, until the end of the file:
///
/// | bytes | frame at offset *o*, with *n* bytes of payload |
/// |---|---|
/// | *o* ..< *o* + 4 | *n*, at most 2^30 |
/// | *o* + 4 | type of the record, any; 0 in notes |
/// | *o* + 5 | 0: a record; 1: a session has begun, with 8 random bytes; 2: a session has ended, without payload |
/// | *o* + 6 ..< *o* + 10 | the low 32 bits of *H* of bytes *o* − 8 ..< *o* + 6 |
/// | *o* + 10 ..< *o* + 10 + *n* | payload |
/// | *o* + 10 + *n* ..< *o* + 18 + *n* | *H* of bytes *o* − 8 ..< *o* + 10 + *n* |
///
/// What is hashed begins with the checksum in front of the frame, that of the frame before it or of the header. So a
/// checksum covers everything from the beginning of the file on: no frame is valid anywhere but in its own place, in
/// its own journal, behind everything that it was written behind. Bytes of another file, or of a longer time before a
/// torn tail was cut off, do not fit: not even those of the same records written again, because of the random
/// bytes that each session begins with. The check in the head says whether *n* can be believed, and so tells a frame
/// that is torn from one that is damaged. A tail of zeros counts as torn.
///
/// Reading stops at the first frame that is not valid. A file is limited by what can be mapped, a payload to 1 GiB.
package struct Journal: ~Copyable, Sendable {
    /// What was found in the file when it was opened; for a new one, that there was none.
    package let replay: JournalReplay

    /// Where a file was kept that could not be used, or only in part.
    package let keptAside: String?

    /// Whose journal it is.
    package let identity: JournalIdentity

    let file: StoreFile

    /// The number of valid bytes in the file, and their last checksum.
    var end: Int
    var checksum: UInt64

    /// What is to be written next.
    var pending = JournalGroup()

    /// Whether the note that a session has begun is in the file, and no other behind it.
    var isInSession: Bool

    /// Whether something was written that was not synced, and whether the note is part of it.
    var isUnsynced = false
    var isNoteUnsynced = false

    /// The error after which nothing more is written.
    var failure: StoreError?

    /// When the last group was written.
    var lastFlush: ContinuousClock.Instant?

    /// The number of bytes that the file has, or will have with the next flush.
    package var size: Int { end + pending.count }

    /// Whether there are records that are not in the file.
    package var hasPendingRecords: Bool { !pending.isEmpty }

    init(
        _ file: consuming StoreFile,
        identity: JournalIdentity,
        replay: JournalReplay,
        keptAside: String?,
        end: Int,
        checksum: UInt64,
        isInSession: Bool
    ) {
        self.file = file
        self.identity = identity
        self.replay = replay
        self.keptAside = keptAside
        self.end = end
        self.checksum = checksum
        self.isInSession = isInSession
    }
}
