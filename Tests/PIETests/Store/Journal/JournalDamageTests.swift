import PIETesting
import Testing

@testable import PIE

@Suite struct JournalDamageTests {
    private let sample: SampleJournal
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        sample = try SampleJournal()
        folder = try TemporaryFolder()
        path = folder.path("journal")
    }

    /// How many records, and bytes of frames, lie in front of an offset.
    private func valid(before offset: Int) -> (offset: Int, records: Int) {
        sample.ends.last { $0.offset <= offset } ?? (0, 0)
    }

    /// Opens a journal with this content, appends a record, and replays it.
    private func goOn(_ bytes: [UInt8]) throws -> (replay: JournalReplay, keptAside: String?, entries: [Entry]) {
        try folder.put(bytes, at: "journal")
        var entries: [Entry] = []
        var journal = try Journal(at: path, identity: .tested, durability: .written) { entries.append(Entry($0)) }
        try journal.append(type: 99, [9, 9])
        try journal.endSession(.written)
        let (after, result) = try replay(path)
        #expect(after == entries + [Entry(99, [9, 9])] && result.stop == .end && result.lastSession == .ended)
        return (journal.replay, journal.keptAside, entries)
    }

    @Test func aJournalThatWasCutAnywhereGivesWhatIsWhole() throws {
        for count in 0..<sample.bytes.count {
            let cut = Array(sample.bytes[..<count])
            let (entries, result) = replay(cut)
            let valid = valid(before: count)
            #expect(entries == Array(sample.entries[..<valid.records]))
            #expect(
                result.validCount == valid.offset && result.stop == (count == valid.offset && count > 0 ? .end : .torn)
            )
        }
    }

    @Test func aTornTailIsCutOffBeforeMoreIsAppended() throws {
        for count in 0...sample.bytes.count {
            let (_, keptAside, entries) = try goOn(Array(sample.bytes[..<count]))
            #expect(entries == Array(sample.entries[..<valid(before: count).records]))
            #expect(keptAside == nil)
        }
        #expect(try folder.names() == ["journal"])
    }

    @Test func aBitThatFlippedAnywhereEndsTheJournalThere() throws {
        for bit in 0..<sample.bytes.count * 8 {
            var flipped = sample.bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let (entries, result) = replay(flipped)
            let valid = valid(before: bit / 8)
            #expect(entries == Array(sample.entries[..<valid.records]))
            #expect(result.validCount == valid.offset)
            switch result.stop {
            case .damaged(let damage): #expect((damage == .header) == (valid.offset == 0))
            case .notAJournal: #expect(bit < 64)
            default: Issue.record("bit \(bit): \(result)")
            }
        }
    }

    @Test func aDamagedJournalIsKeptAsideAndItsValidRecordsGoOn() throws {
        var number = 0
        for offset in stride(from: 3, to: sample.bytes.count, by: 11) {
            number += 1
            var damaged = sample.bytes
            damaged[offset] ^= 0x55
            let (replay, keptAside, entries) = try goOn(damaged)
            #expect(entries == Array(sample.entries[..<valid(before: offset).records]))
            #expect(keptAside == folder.path("journal.damaged-\(number)"))
            #expect(try folder.bytes("journal.damaged-\(number)") == damaged)
            #expect(replay.description.contains("\(replay.validCount)") || replay.validCount == 0)
        }
    }

    @Test func randomDamageToALongJournalNeverGivesMoreThanWasWritten() throws {
        var random = SeededGenerator(seed: 4)
        var written: [Entry] = []
        var journal = try Journal(at: path, identity: .tested, durability: .written) { _ in }
        for _ in 0..<400 {
            let count = Int.random(in: 0...300, using: &random)
            let payload = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            written.append(Entry(UInt8.random(in: 0...255, using: &random), payload))
            try journal.append(type: written[written.count - 1].type, payload)
            if Int.random(in: 0..<20, using: &random) == 0 { try journal.endSession(.written) }
        }
        try journal.flush(.written)
        let bytes = try #require(try folder.bytes("journal"))
        #expect(replay(bytes).entries == written)
        for _ in 0..<150 {
            var damaged = bytes
            let at = Int.random(in: JournalHeader.size..<bytes.count, using: &random)
            let length = min(Int.random(in: 1...600, using: &random), bytes.count - at)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: for index in at..<at + length { damaged[index] = UInt8.random(in: 0...255, using: &random) }
            case 1: for index in at..<at + length { damaged[index] = 0 }
            case 2: damaged.removeSubrange(at..<at + length)
            case 3: damaged.insert(contentsOf: bytes[at..<at + length], at: at)
            default:
                let from = Int.random(in: JournalHeader.size...bytes.count - length, using: &random)
                damaged.replaceSubrange(at..<at + length, with: bytes[from..<from + length])
            }
            let (entries, result) = replay(damaged)
            #expect(entries.elementsEqual(written.prefix(entries.count)))
            let first = zip(damaged, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            #expect(result.validCount >= min(first ?? Int.max, damaged.count) - 300 - 18 || result.stop == .end)
            #expect(result.validCount <= first ?? Int.max)
        }
    }

    /// A journal was cut, goes on with the very same record, and behind it lies what was there before.
    @Test(arguments: [0, 1]) func whatIsLeftOfALongerTimeIsNoRecord(frames: Int) throws {
        try folder.put(Array(sample.bytes[..<sample.ends[frames].offset]), at: "journal")
        var journal = try Journal(at: path, identity: .tested, durability: .written) { _ in }
        try journal.append(type: sample.entries[0].type, sample.entries[0].payload)
        try journal.flush(.written)
        let shorter = try #require(try folder.bytes("journal"))
        let (entries, result) = replay(shorter + sample.bytes[shorter.count...])
        #expect(entries == [sample.entries[0]])
        #expect(result.validCount == shorter.count && result.stop == .damaged(.head))
        // Frames that begin where frames ended, moved to just behind the valid ones.
        for (end, _) in sample.ends {
            #expect(replay(shorter + sample.bytes[end...]).entries == [sample.entries[0]])
        }
    }

    @Test func framesOfAnotherJournalAreNoRecords() throws {
        let other = JournalIdentity(store: JournalIdentity.tested.store, generation: 4)
        let header = JournalHeader.encoded(other)
        let (entries, result) = replay(header + sample.bytes[header.count...], expecting: other)
        #expect(entries.isEmpty && result.validCount == header.count && result.stop == .damaged(.head))
    }

    @Test func aTailOfZerosIsTorn() throws {
        for count in [1, 7, 8, 16, 5000] {
            let (replay, keptAside, entries) = try goOn(sample.bytes + Array(repeating: 0, count: count))
            #expect(entries == sample.entries && keptAside == nil && replay.stop == .torn)
        }
    }

    @Test func aLengthBeyondTheFileIsNotBelieved() throws {
        let header = JournalHeader.encoded(.tested)
        for length in [UInt32.max, 1 << 31, 1 << 30, 1] {
            // The head is right, as if somebody had computed it.
            var bytes = header
            bytes.appendLittleEndian(length)
            bytes += [1, 0]
            let check = bytes.withUnsafeBytes { JournalFrame.headCheck($0, at: header.count) }
            bytes.appendLittleEndian(check)
            let (entries, result) = replay(bytes)
            #expect(entries.isEmpty && result.stop == .torn && result.validCount == header.count)
        }
    }

    @Test func aNoteOfAnUnknownKindEndsTheJournal() throws {
        var bytes = JournalHeader.encoded(.tested)
        let start = bytes.count
        bytes += [0, 0, 0, 0, 0, 3]
        bytes.appendLittleEndian(bytes.withUnsafeBytes { JournalFrame.headCheck($0, at: start) })
        bytes.appendLittleEndian(bytes.withUnsafeBytes { JournalFrame.checksum($0, from: start, to: start + 10) })
        #expect(replay(bytes).result.stop == .damaged(.kind))
    }

    @Test func anotherFormatIsKeptAside() throws {
        var bytes = JournalHeader.encoded(.tested)
        bytes.setLittleEndian(UInt32(2), at: 8)
        let checksum = bytes.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[..<40])) }
        bytes.setLittleEndian(checksum, at: 40)
        let (replay, keptAside, entries) = try goOn(bytes + [1, 2, 3])
        #expect(replay.stop == .otherVersion(2) && entries.isEmpty)
        #expect(replay.description == "a journal of format 2, where this library knows format 1")
        #expect(keptAside == folder.path("journal.damaged-1"))
    }

    @Test func aJournalOfAnotherStoreIsKeptAside() throws {
        let other = JournalIdentity(store: StoreIdentifier(high: 1, low: 1), generation: 3)
        let (replay, keptAside, entries) = try goOn(JournalHeader.encoded(other) + sample.bytes[JournalHeader.size...])
        #expect(replay.stop == .otherStore(other) && entries.isEmpty)
        #expect(keptAside == folder.path("journal.damaged-1"))
    }

    @Test(arguments: [[0x2A], Array("# notes of last week\n".utf8), Array(repeating: 0, count: 100)])
    func whatIsNoJournalIsKeptAside(bytes: [UInt8]) throws {
        let (replay, keptAside, entries) = try goOn(bytes)
        #expect(replay.stop == .notAJournal && entries.isEmpty)
        #expect(keptAside == folder.path("journal.damaged-1"))
        #expect(try folder.bytes("journal.damaged-1") == bytes)
    }
}
