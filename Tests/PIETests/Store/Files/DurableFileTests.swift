import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct DurableFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("a")
    }

    @Test func aFileIsCreatedAndReplaced() throws {
        try DurableFile.replace(path, with: [1, 2, 3])
        #expect(try folder.bytes("a") == [1, 2, 3])
        try DurableFile.replace(path, with: [4])
        #expect(try folder.bytes("a") == [4])
        try DurableFile.replace(path, with: [])
        #expect(try folder.bytes("a") == [])
        #expect(try folder.names() == ["a"])
    }

    @Test func theFileIsSyncedBeforeItTakesTheNameAndTheFolderAfterwards() throws {
        let faulty = FaultySystem()
        try DurableFile.replace(path, with: [1], system: faulty.system)
        #expect(faulty.log == ["open", "write", "sync", "rename", "open", "sync"])
    }

    @Test func aLongFileIsWrittenInLargePieces() throws {
        let faulty = FaultySystem()
        let piece = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let large = [UInt8](repeating: 7, count: 300_000)
        try DurableFile.replace(path, system: faulty.system) { (writer) throws(StoreError) in
            for _ in 0..<500 { try writer.append(piece) }
            try writer.append(large)
            try writer.append(piece)
        }
        #expect(try folder.bytes("a") == Array(repeatElement(piece, count: 500).joined()) + large + piece)
        #expect(faulty.count("write") <= 4)
    }

    @Test func aFailureAtAnyCallLeavesTheOldBytesOrTheNew() throws {
        let old: [UInt8] = [1, 2, 3, 4]
        let new: [UInt8] = [5, 6, 7, 8, 9]
        var failures = 0
        for call in 1... {
            try DurableFile.replace(path, with: old)
            let faulty = FaultySystem(.at(call, ENOSPC))
            do {
                try DurableFile.replace(path, with: new, system: faulty.system)
                break
            } catch {
                failures += 1
                #expect(
                    error.description.contains(folder.root)
                        && error.hint.contains("free some space") == (call != 3 && call != 6)
                )
                #expect(try folder.bytes("a") == (faulty.count("rename") == 1 && call != 4 ? new : old))
                #expect(try folder.names() == ["a"])
            }
        }
        #expect(try failures == 6 && folder.bytes("a") == new)
    }

    @Test func whatACrashLeavesIsRemoved() throws {
        var leftovers = 0
        for call in 1...6 {
            try DurableFile.replace(path, with: [1])
            let faulty = FaultySystem(.from(call, EIO))
            #expect(throws: StoreError.self) { try DurableFile.replace(path, with: [2, 2], system: faulty.system) }
            #expect(try folder.bytes("a") == (call > 4 ? [2, 2] : [1]))
            let removed = try DurableFile.removeLeftovers(in: folder.root)
            leftovers += removed.count
            #expect(try folder.names() == ["a"])
        }
        #expect(leftovers == 3)
    }

    @Test func aLeftoverIsNoObstacle() throws {
        try folder.write("untouched", to: "b")
        try folder.link(FileSystem.temporaryPrefix + "a", to: "b")
        try DurableFile.replace(path, with: [1])
        #expect(try folder.bytes("a") == [1])
        #expect(try folder.text(of: "b") == "untouched", "a link of that name is not followed")
    }

    @Test func interruptionsAndShortWritesAreMadeUpFor() throws {
        let faulty = FaultySystem(.nagging)
        try DurableFile.replace(path, with: Array(0..<50), system: faulty.system)
        #expect(try folder.bytes("a") == Array(0..<50))
        #expect(faulty.count("write") >= 50)
    }

    @Test func aSystemThatWritesNothingIsNotAskedForEver() throws {
        var system = StoreSystem.live
        system.writeBytes = { _, _, _ in 0 }
        #expect(throws: StoreError(.system(.write, SystemFailure(EIO)), path: folder.path(".pie-tmp-a"))) {
            try DurableFile.replace(path, with: [1], system: system)
        }
    }

    @Test func aFolderThatCannotBeSyncedIsNoError() throws {
        var system = StoreSystem.live
        let count = Lock(0)
        system.syncFile = { file, fully throws(SystemFailure) in
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number == 2 { throw SystemFailure(EINVAL) }
            try StoreSystem.live.syncFile(file, fully)
        }
        try DurableFile.replace(path, with: [1], system: system)
        #expect(try folder.bytes("a") == [1])
    }

    @Test func aMissingFolderIsAnErrorThatSaysWhatToDo() {
        #expect {
            try DurableFile.replace(folder.path("no/such"), with: [1])
        } throws: { error in
            (error as? StoreError)?.hint.contains("create the folder") == true
        }
    }

    @Test(arguments: [false, true]) func keptFilesAreNumbered(withLinks: Bool) throws {
        let faulty = FaultySystem(withLinks ? .none : .every("link", EPERM))
        for number in 1...3 {
            try folder.put([UInt8(number)], at: "a")
            #expect(try DurableFile.keepAside(path, system: faulty.system) == folder.path("a.damaged-\(number)"))
            #expect(try folder.bytes("a") == [UInt8(number)], "it is replaced later")
        }
        #expect(try (1...3).map { try folder.bytes("a.damaged-\($0)") } == [[1], [2], [3]])
        try folder.remove("a.damaged-2")
        try folder.put([9], at: "a.damaged-\(Int.max)")
        #expect(try DurableFile.keepAside(path, system: faulty.system) == folder.path("a.damaged-2"))
    }
}
