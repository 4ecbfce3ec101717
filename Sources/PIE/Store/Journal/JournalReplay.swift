/// What replaying a journal has found.
package struct JournalReplay: Hashable, Sendable {
    /// Whose journal it is; nil if that cannot be read.
    package private(set) var identity: JournalIdentity?

    /// The number of records that were handed out.
    package private(set) var records = 0

    /// The number of bytes that are valid: where replaying stopped, and where writing goes on.
    package private(set) var validCount = 0

    /// Why it stopped there.
    package private(set) var stop: Stop

    /// How the last session ended.
    package private(set) var lastSession = LastSession.none

    /// The last checksum of the valid bytes.
    private(set) var checksum: UInt64 = 0

    /// Why replaying stopped.
    package enum Stop: Hashable, Sendable {
        /// There is nothing more.
        case end
        /// The last record is not all there: the process, or the system, ended while it was being written.
        case torn
        /// What comes next is not what was written.
        case damaged(Damage)
        /// It is a journal of another version of the format, most likely a later one.
        case otherVersion(UInt32)
        /// It is the journal of another store, or of another snapshot of this one.
        case otherStore(JournalIdentity)
        /// It is something else.
        case notAJournal
        /// There is no such file.
        case missing
    }

    /// What of a journal is damaged.
    package enum Damage: Hashable, Sendable {
        case header
        case head
        case content
        case kind
    }

    /// How the last session of a journal ended.
    package enum LastSession: Hashable, Sendable {
        /// There was none that had anything to say.
        case none
        /// It came to its end.
        case ended
        /// It began, and did not come to its end.
        case unfinished
    }

    /// A journal that has no file.
    static let missing = JournalReplay(stop: .missing)

    private init(stop: Stop) {
        self.stop = stop
    }

    /// Replays a journal that lies in memory, whatever it contains.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - expected: Whose journal it should be; nil if any will do.
    ///   - body: Takes the records, in the order in which they were appended, up to the first that is not valid.
    /// - Complexity: O(*n*) where *n* is the number of bytes; no memory is allocated.
    package init(
        of bytes: UnsafeRawBufferPointer,
        expecting expected: JournalIdentity? = nil,
        _ body: (JournalRecord) -> Void
    ) {
        (identity, stop) = JournalHeader.decode(bytes, expecting: expected)
        if identity == nil { return }
        validCount = JournalHeader.size
        do throws(JournalFrame.Refusal) {
            while validCount < bytes.count {
                let frame = try JournalFrame.read(bytes, at: validCount)
                let start = validCount + JournalFrame.headSize
                switch frame.note {
                case .sessionBegun: lastSession = .unfinished
                case .sessionEnded: lastSession = .ended
                case .record:
                    let payload = UnsafeRawBufferPointer(rebasing: bytes[start..<start + frame.length])
                    body(JournalRecord(type: frame.type, payload: payload, offset: validCount))
                    records += 1
                }
                validCount += frame.size
            }
        } catch {
            switch error {
            case .torn: stop = .torn
            case .damaged(let damage): stop = .damaged(damage)
            }
        }
        checksum = bytes.littleEndian(at: validCount - JournalFrame.checksumSize, as: UInt64.self)
    }

    /// Replays a journal without changing it, as it was when it was opened; needs no lock.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - expected: Whose journal it should be; nil if any will do.
    ///   - system: The system calls.
    ///   - body: Takes the records.
    /// - Throws: An error if there is a file that cannot be read.
    package init(
        ofFileAt path: String,
        expecting expected: JournalIdentity? = nil,
        system: StoreSystem = .live,
        _ body: (JournalRecord) -> Void
    ) throws(StoreError) {
        guard let file = try MappedFile.ifPresent(path, system: system) else {
            self = .missing
            return
        }
        self = file.withBytes { JournalReplay(of: $0, expecting: expected, body) }
    }
}
