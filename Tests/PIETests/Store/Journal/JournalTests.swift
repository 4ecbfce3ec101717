import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct JournalTests {
    private let folder: TemporaryFolder
    private let path: String
    private let faulty = FaultySystem()

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("journal")
    }

    private func open(_ body: (JournalRecord) -> Void = { _ in }) throws -> Journal {
        try Journal(at: path, identity: .tested, system: faulty.system, body)
    }

    /// Opens the journal that a test begins with, and forgets how that was done.
    private func new() throws -> Journal {
        let journal = try open()
        faulty.forgetCalls()
        return journal
    }

    @Test func recordsComeBackInTheirOrder() throws {
        let sample = try SampleJournal()
        let (entries, result) = replay(sample.bytes)
        #expect(entries == sample.entries)
        #expect(result.stop == .end && result.records == 5 && result.validCount == sample.bytes.count)
        #expect(result.identity == .tested && result.lastSession == .unfinished)
        #expect(sample.ends.last?.offset == sample.bytes.count, "the format is the one that is written down")
    }

    @Test func openingGoesOnBehindTheLastRecord() throws {
        for round in 0..<5 {
            var entries: [Entry] = []
            var journal = try open { entries.append(Entry($0)) }
            #expect(entries == (0..<round).map { Entry(UInt8($0), [UInt8($0)]) })
            #expect(journal.replay.stop == (round == 0 ? .missing : .end) && journal.keptAside == nil)
            try journal.append(type: UInt8(round), [UInt8(round)])
            try journal.endSession(.synced)
        }
        #expect(try replay(path).result.lastSession == .ended)
        #expect(try folder.names() == ["journal"])
    }

    @Test func aNewJournalIsSyncedWithItsFolder() throws {
        _ = try open()
        #expect(faulty.log == ["open", "open", "write", "sync", "rename", "open", "sync"])
    }

    @Test func aGroupIsWrittenOnce() throws {
        var journal = try new()
        try journal.beginSession()
        faulty.forgetCalls()
        for number in 0..<1000 { try journal.append(type: 1, [UInt8(truncatingIfNeeded: number)]) }
        #expect(faulty.log.isEmpty && journal.hasPendingRecords)
        try journal.flush(.synced)
        #expect(faulty.log == ["write", "sync"] && !journal.hasPendingRecords)
        #expect(try replay(path).entries.count == 1000)
    }

    @Test func withoutRecordsNothingIsWrittenOrSynced() throws {
        var journal = try new()
        try journal.flush(.fullySynced)
        try journal.endSession(.fullySynced)
        #expect(faulty.log.isEmpty)
        try journal.append(type: 1, [1])
        try journal.endSession(.synced)
        faulty.forgetCalls()
        try journal.flush(.fullySynced)
        try journal.endSession(.fullySynced)
        #expect(faulty.log.isEmpty)
    }

    @Test func openingAWholeJournalWritesNothing() throws {
        _ = try open()
        faulty.forgetCalls()
        _ = try open()
        #expect(faulty.log == ["open", "look", "map", "open"])
    }

    @Test func theBeginningOfASessionIsDurableBeforeItsFirstRecord() throws {
        var journal = try new()
        try journal.append(type: 1, [1])
        try journal.flush(.written)
        #expect(faulty.log == ["write", "sync", "write"])
        try journal.append(type: 1, [2])
        try journal.flush(.written)
        #expect(faulty.log == ["write", "sync", "write", "write"], "once for a session")
        #expect(try replay(path).result.lastSession == .unfinished)
        try journal.endSession(.synced)
        #expect(faulty.log.suffix(2) == ["write", "sync"])
        #expect(try replay(path).result.lastSession == .ended)
    }

    @Test func theBeginningOfASessionCanBeNotedEarly() throws {
        var journal = try new()
        #expect(journal.replay.lastSession == .none)
        try journal.beginSession()
        try journal.beginSession()
        #expect(faulty.log == ["write", "sync"])
        #expect(try replay(path).result.lastSession == .unfinished)
        try journal.endSession(.synced)
        #expect(faulty.log == ["write", "sync", "write", "sync"])
        #expect(try replay(path).result.lastSession == .ended)
    }

    @Test func anEarlyNoteThatWasOnlyWrittenIsSyncedBeforeTheFirstRecord() throws {
        var journal = try new()
        try journal.beginSession(.written)
        try journal.beginSession(.written)
        #expect(faulty.log == ["write"])
        for _ in 0..<2 {
            try journal.append(type: 1, [1])
            try journal.flush(.written)
        }
        #expect(faulty.log == ["write", "sync", "write", "write"])
    }

    @Test func theLastRecordsAreWrittenTogetherWithTheEnd() throws {
        var journal = try new()
        try journal.beginSession()
        try journal.append(type: 1, [1])
        faulty.forgetCalls()
        try journal.endSession(.synced)
        #expect(faulty.log == ["write", "sync"])
        #expect(try replay(path).entries == [Entry(1, [1])])
    }

    @Test func whatWasOnlyWrittenCanBeSyncedLater() throws {
        var journal = try new()
        try journal.append(type: 1, [1])
        try journal.flush(.written)
        faulty.forgetCalls()
        try journal.flush(.synced)
        try journal.flush(.synced)
        #expect(faulty.log == ["sync"])
    }

    @Test func groupsAreDueOnceAnInterval() throws {
        var journal = try new()
        let start = ContinuousClock.now
        let times: [Duration] = [.zero, .milliseconds(999), .seconds(1), .seconds(9)]
        var due = times.map { _ in true }
        func look(_ journal: borrowing Journal) {
            for (index, time) in times.enumerated() { due[index] = journal.isDue(at: start + time) }
        }
        look(journal)
        #expect(due == [false, false, false, false], "nothing waits")
        try journal.append(type: 1, [1])
        look(journal)
        #expect(due == [true, true, true, true], "nothing was written for a long time")
        try journal.flush(.written, at: start)
        look(journal)
        #expect(due == [false, false, false, false], "nothing waits")
        try journal.append(type: 1, [1])
        look(journal)
        #expect(due == [false, false, true, true], "one group a second")
        try journal.append(type: 1, [UInt8](repeating: 0, count: Journal.groupSize))
        look(journal)
        #expect(due == [true, true, true, true], "many bytes wait for nothing")
    }

    @Test func groupsThatWereCollectedElsewhereAreAppended() throws {
        var journal = try new()
        var group = JournalGroup()
        #expect(group.isEmpty)
        for number in 0..<3 {
            let appended = [UInt8(number)].withUnsafeBytes { group.append(type: 9, $0) }
            #expect(appended)
        }
        try journal.append(type: 8, [8])
        try journal.append(group)
        try journal.append(group)
        let size = journal.size
        try journal.flush(.written)
        #expect(try replay(path).entries == [Entry(8, [8])] + (0..<6).map { Entry(9, [UInt8($0 % 3)]) })
        #expect(size + 26 == journal.size, "the note that the session has begun")
        #expect(try folder.bytes("journal")?.count == journal.size)
    }

    @Test func aFullDiskLosesNothing() throws {
        var journal = try new()
        try journal.append(type: 1, [1, 2, 3])
        try journal.flush(.synced)
        try journal.append(type: 1, Array(repeating: 4, count: 100))
        faulty.fail(.every("write", ENOSPC))
        for _ in 0..<2 {
            #expect(throws: StoreError(.system(.write, SystemFailure(ENOSPC)), path: path)) {
                try journal.flush(.synced)
            }
            #expect(throws: StoreError.self) { try journal.endSession(.synced) }
        }
        #expect(try replay(path).entries == [Entry(1, [1, 2, 3])])
        try journal.append(type: 2, [])
        faulty.fail(.none)
        try journal.endSession(.synced)
        let (entries, result) = try replay(path)
        #expect(entries == [Entry(1, [1, 2, 3]), Entry(1, Array(repeating: 4, count: 100)), Entry(2, [])])
        #expect(result.stop == .end && result.lastSession == .ended)
    }

    @Test func afterASyncThatFailedNothingIsWritten() throws {
        var journal = try new()
        try journal.append(type: 1, [1])
        faulty.fail(.every("sync", EIO))
        let error = StoreError(.system(.sync, SystemFailure(EIO)), path: path)
        #expect(throws: error) { try journal.flush(.synced) }
        faulty.fail(.none)
        faulty.forgetCalls()
        #expect(throws: error) { try journal.flush(.synced) }
        #expect(throws: error) { try journal.append(type: 1, [1]) }
        #expect(throws: error) { try journal.beginSession() }
        #expect(throws: error) { try journal.endSession(.synced) }
        #expect(faulty.log.isEmpty)
    }

    @Test func interruptionsAndShortWritesAreMadeUpFor() throws {
        faulty.fail(.nagging)
        var journal = try open()
        try journal.append(type: 1, Array(0..<50))
        try journal.endSession(.synced)
        #expect(try replay(path).entries == [Entry(1, Array(0..<50))])
    }

    @Test func aFileThatCannotBeReadIsAnErrorAndStays() throws {
        try folder.createFolder("journal")
        #expect(throws: StoreError(.notAFile, path: path)) { _ = try open() }
        #expect(throws: StoreError(.notAFile, path: path)) { _ = try replay(path) }
    }

    @Test func theNextGenerationBeginsWithRecordsOfItsSession() throws {
        var group = JournalGroup()
        _ = [UInt8(5)].withUnsafeBytes { group.append(type: 5, $0) }
        var journal = try Journal.create(at: path, identity: .tested, records: group, system: faulty.system)
        #expect(faulty.log == ["open", "write", "sync", "rename", "open", "sync"])
        #expect(try replay(path).result.lastSession == .unfinished)
        faulty.forgetCalls()
        try journal.append(type: 6, [6])
        try journal.endSession(.synced)
        #expect(faulty.log == ["write", "sync"], "the session has been noted")
        #expect(try replay(path).entries == [Entry(5, [5]), Entry(6, [6])])
        #expect(try replay(path).result.lastSession == .ended)
    }

    @Test func generationsHaveFilesOfTheirOwn() {
        #expect(JournalIdentity.tested.fileName == "journal-3")
        #expect(StoreIdentifier.random() != StoreIdentifier.random())
    }
}
