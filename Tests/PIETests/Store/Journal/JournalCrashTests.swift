import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct JournalCrashTests {
    /// What a process does with a journal before it dies, and what it was told meanwhile.
    private struct Life {
        var appended: [Entry] = []
        var acknowledged = 0
        var isEndAcknowledged = true

        mutating func run(at path: String, system: StoreSystem) throws {
            var replayed: [Entry] = []
            var journal = try Journal(at: path, identity: .tested, system: system) { replayed.append(Entry($0)) }
            appended = replayed
            acknowledged = replayed.count
            for session in 0..<3 {
                isEndAcknowledged = false
                for group in 0..<3 {
                    for record in 0..<3 {
                        let entry = Entry(UInt8(session), Array(repeating: UInt8(group), count: record * 10))
                        try journal.append(type: entry.type, entry.payload)
                        appended.append(entry)
                    }
                    if group < 2 {
                        try journal.flush(group == 0 ? .written : .synced)
                        acknowledged = appended.count
                    }
                }
                try journal.endSession(.synced)
                acknowledged = appended.count
                isEndAcknowledged = true
            }
        }
    }

    @Test func aCrashAtAnyCallLosesNothingThatWasAcknowledged() throws {
        var crashes = 0
        for call in 1... {
            let folder = try TemporaryFolder()
            let path = folder.path("journal")
            var life = Life()
            let died = Result { try life.run(at: path, system: FaultySystem(.from(call, EIO)).system) }
            try DurableFile.removeLeftovers(in: folder.root)
            let (entries, result) = try replay(path)
            #expect(entries.count >= life.acknowledged && entries.elementsEqual(life.appended.prefix(entries.count)))
            #expect(result.stop == .end || result.stop == .torn || result.stop == .missing)
            if result.records > 0 && life.isEndAcknowledged { #expect(result.lastSession == .ended) }
            if entries.count % 9 != 0 { #expect(result.lastSession == .unfinished) }

            var next = Life()
            try next.run(at: path, system: .live)
            #expect(next.appended.elementsEqual(entries + next.appended.dropFirst(entries.count)))
            #expect(try replay(path).entries == next.appended && next.appended.count == entries.count + 27)
            #expect(try folder.names() == ["journal"])
            guard case .failure = died else { break }
            crashes += 1
        }
        #expect(crashes >= 20)
    }

    @Test func aFailureAtAnyCallOfARepairLeavesTheDamagedFile() throws {
        let sample = try SampleJournal()
        var damaged = sample.bytes
        damaged[sample.ends[3].offset + 2] ^= 1
        for withLinks in [true, false] {
            var failures = 0
            for call in 1... {
                let folder = try TemporaryFolder()
                try folder.put(damaged, at: "journal")
                let faulty = FaultySystem(.from(call, ENOSPC))
                var system = faulty.system
                if !withLinks { system.linkFile = { _, _ throws(SystemFailure) in throw SystemFailure(EPERM) } }
                var entries: [Entry] = []
                let isOpen =
                    (try? Journal(at: folder.path("journal"), identity: .tested, system: system) { _ in }) != nil
                if !isOpen { failures += 1 }

                try DurableFile.removeLeftovers(in: folder.root)
                let journal = try Journal(at: folder.path("journal"), identity: .tested) { entries.append(Entry($0)) }
                #expect(entries == Array(sample.entries[..<2]))
                #expect(try folder.bytes("journal.damaged-1") == damaged)
                #expect(journal.size == sample.ends[3].offset)
                if isOpen { break }
            }
            #expect(failures >= 10)
        }
    }
}
