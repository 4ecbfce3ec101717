import Dispatch
import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SnapshotTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(Snapshot.fileName(generation: 3))
    }

    private func opened(_ content: SnapshotContent) throws -> Snapshot {
        try content.write(to: path)
        return try Snapshot(at: path)
    }

    @Test func whatIsWrittenIsReadAndFound() throws {
        for content in [SnapshotContent.small, .random(count: 1000, length: 200, seed: 1)] {
            let snapshot = try opened(content)
            let answers = SnapshotAnswers(of: snapshot, comparedWith: content)
            #expect(answers.wrong == [] && answers.damages == [])
            #expect(answers.right > content.tasks.count + content.resources.count)
            try snapshot.verifyAll()
        }
        #expect(try folder.names() == ["snapshot-3"])
    }

    @Test func aSnapshotMayBeEmpty() throws {
        let snapshot = try opened(SnapshotContent())
        let answers = SnapshotAnswers(of: snapshot, comparedWith: SnapshotContent())
        #expect(answers.wrong == [] && answers.damages == [])
        #expect(snapshot.taskCount == 0 && snapshot.resourceCount == 0)
        #expect(try snapshot.state().isEmpty)
        #expect(try snapshot.findTask(0) { _ in true } == nil)
        try snapshot.verifyAll()
    }

    @Test func idsThatAreAllSkippedHaveNoBlobs() throws {
        let content = SnapshotContent(tasks: [nil, nil, nil], resources: [nil])
        let snapshot = try opened(content)
        #expect(SnapshotAnswers(of: snapshot, comparedWith: content).wrong == [])
        #expect(snapshot.taskCount == 3 && snapshot.resourceCount == 1)
        #expect(try snapshot.findTask(0) { _ in true } == nil)
    }

    /// Lengths of one to four bytes, and blobs that no buffer holds.
    @Test func blobsMayHaveAnyLength() throws {
        var content = SnapshotContent()
        for length in [0, 1, 127, 128, 4095, 4096, 16383, 16384, 262_143, 262_144, 2_097_152, 5] {
            let blob = (0..<length).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }
            content.tasks.append(SnapshotContent.Entry(blob: blob, hash: ContentHash(blob).low))
        }
        let answers = SnapshotAnswers(of: try opened(content), comparedWith: content)
        #expect(answers.wrong == [] && answers.damages == [])
    }

    @Test(arguments: [0, 1, 0xFFFF_FFFF, 1 << 63, UInt64.max]) func idsOfOneHashAreAllCandidates(hash: UInt64) throws {
        var content = SnapshotContent.random(count: 100, length: 10, seed: 2)
        content.tasks = content.tasks.map { $0.map { SnapshotContent.Entry(blob: $0.blob, hash: hash) } }
        let snapshot = try opened(content)
        var candidates: [UInt32] = []
        let found = try snapshot.findTask(hash) { id in
            candidates.append(id)
            return false
        }
        #expect(found == nil)
        #expect(candidates == content.tasks.indices.filter { content.tasks[$0] != nil }.map { UInt32($0 + 1) })
        #expect(try snapshot.findTask(hash) { $0 == candidates[50] } == candidates[50])
        #expect(try snapshot.findTask(hash ^ 1 << 20) { _ in true } == nil, "the bits beside the id tell them apart")
    }

    @Test func fewOtherIdsAreCandidates() throws {
        let content = SnapshotContent.random(count: 10_000, length: 0, seed: 3)
        let snapshot = try opened(content)
        var others = 0
        for (index, entry) in content.tasks.enumerated() {
            guard let entry else { continue }
            _ = try snapshot.findTask(entry.hash) { id in
                if id != index + 1 { others += 1 }
                return false
            }
        }
        #expect(others < 10, "18 bits of each hash are compared before its id is a candidate")
    }

    @Test func equalContentGivesEqualBytes() throws {
        let content = SnapshotContent.random(count: 3000, length: 100, seed: 4)
        #expect(try content.written() == content.written())
    }

    @Test func theFormatIsWhatTheDocumentationSays() throws {
        var header: [UInt8] = [0x89, 0x50, 0x49, 0x45, 0x53, 0x0D, 0x0A, 0x1A, 1, 0, 0, 0, 0, 0, 0, 0]
        header += [17, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]
        header.appendLittleEndian(checksum(header))
        // Task 2 is the one blob of three bytes; the greatest id, 2, needs two bits; its home is slot 1 of 2.
        let hash: UInt64 = 0x8000_0000_1234_5677
        let block =
            header + [3, 7, 8, 9] + [0, 0, 0, 0, 12, 0, 0, 0] + [0, 0, 0, 0] + [0x76, 0x56, 0x34, 0x12] + [5, 6]
        var table: [UInt8] = []
        table.appendLittleEndian(checksum(block))
        var footer: [UInt8] = [52, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]
        footer += [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        footer += header[40...]
        footer.appendLittleEndian(checksum(table))
        footer.appendLittleEndian(checksum(footer))
        let content = SnapshotContent(
            tasks: [nil, SnapshotContent.Entry(blob: [7, 8, 9], hash: hash)],
            state: [5, 6]
        )
        #expect(try content.written() == block + table + footer)
    }

    private func checksum(_ bytes: [UInt8]) -> UInt64 {
        let hash = ContentHash(bytes)
        return hash.high ^ hash.low
    }

    @Test func openingVerifiesNoBlockAndReadingEachOnce() throws {
        let content = SnapshotContent.random(count: 1000, length: 200, seed: 5)
        let snapshot = try opened(content)
        #expect(snapshot.verifiedBlockCount == 0)
        _ = try snapshot.state()
        #expect((2...3).contains(snapshot.verifiedBlockCount), "5,000 bytes lie in two blocks or three")
        let before = snapshot.verifiedBlockCount
        _ = try snapshot.state()
        #expect(snapshot.verifiedBlockCount == before)
        _ = try snapshot.task(1)
        #expect(snapshot.verifiedBlockCount == before + 2, "that of its offset, and that of its blob")
        try snapshot.verifyAll()
        #expect(snapshot.verifiedBlockCount == snapshot.layout.blockCount)
    }

    @Test func severalThreadsReadAtOnce() throws {
        let content = SnapshotContent.random(count: 300, length: 300, seed: 6)
        let snapshot = try opened(content)
        let wrong = Lock(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let answers = SnapshotAnswers(of: snapshot, comparedWith: content)
            wrong.withLock { $0 += answers.wrong.count + answers.damages.count }
        }
        #expect(wrong.withLock { $0 } == 0)
        try snapshot.verifyAll()
    }

    @Test func aSnapshotOutlivesItsName() throws {
        let snapshot = try opened(.small)
        try SnapshotContent(state: [1]).write(to: path)
        #expect(SnapshotAnswers(of: snapshot, comparedWith: .small).wrong == [])
        let other = try Snapshot(at: path)
        #expect(SnapshotAnswers(of: other, comparedWith: SnapshotContent(state: [1])).wrong == [])
    }

    @Test func aFailureAtAnyCallLeavesTheOldFileOrTheNew() throws {
        let old = try SnapshotContent(state: [1]).written()
        let content = SnapshotContent.random(count: 3000, length: 300, seed: 7)
        let new = try content.written()
        var failures: [String] = []
        for call in 1... {
            try folder.put(old, at: "snapshot-3")
            let faulty = FaultySystem(.at(call, ENOSPC))
            do {
                try content.write(to: path, system: faulty.system)
                break
            } catch {
                failures.append(faulty.log[call - 1])
                let isRenamed = failures.dropLast().contains("rename")
                #expect(try folder.bytes("snapshot-3") == (isRenamed ? new : old))
                #expect(try folder.names() == ["snapshot-3"])
            }
        }
        #expect(failures == ["open"] + Array(repeating: "write", count: 4) + ["sync", "rename", "open", "sync"])
        #expect(try folder.bytes("snapshot-3") == new)
    }

    @Test func aFailureThatTheBodyIgnoresIsThrownAtTheEnd() throws {
        try SnapshotContent(state: [1]).write(to: path)
        let faulty = FaultySystem(.at(2, EIO))
        let blob = [UInt8](repeating: 1, count: 300_000)
        #expect(throws: StoreError(.write, path: folder.path(".pie-tmp-snapshot-3"), SystemFailure(EIO))) {
            try Snapshot.write(
                at: path,
                store: SnapshotContent.store,
                generation: 3,
                system: faulty.system
            ) { (writer) throws(StoreError) in
                for _ in 0..<3 { try? writer.append(task: SnapshotContent.Entry(blob: blob, hash: 0)) }
                return []
            }
        }
        #expect(SnapshotAnswers(of: try Snapshot(at: path), comparedWith: SnapshotContent(state: [1])).wrong == [])
    }

    @Test func aSnapshotThatIsTooLargeIsAnError() throws {
        let size = try SnapshotContent.small.written().count
        try SnapshotContent.small.write(to: path, limit: size)
        for limit in 0..<size {
            let error = #expect(throws: StoreError.self) { try SnapshotContent.small.write(to: path, limit: limit) }
            #expect(error?.kind == .snapshotTooLarge(limit: limit) && error?.path == path)
            #expect(error?.description.contains("collect garbage") == true)
        }
        #expect(try folder.bytes("snapshot-3")?.count == size)
    }
}
