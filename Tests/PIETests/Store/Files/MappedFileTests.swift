import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct MappedFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("a")
    }

    @Test func numbersAreLittleEndianAndNeedNotBeAligned() throws {
        try folder.put(Array(1...16), at: "a")
        let file = try MappedFile(path)
        #expect(file.count == 16)
        #expect(file.integer(at: 0, as: UInt8.self) == 1)
        #expect(file.integer(at: 1, as: UInt16.self) == 0x0302)
        #expect(file.integer(at: 3, as: UInt32.self) == 0x0706_0504)
        #expect(file.integer(at: 5, as: UInt64.self) == 0x0D0C_0B0A_0908_0706)
    }

    @Test(arguments: [0, 1, 2, 7, 8, 9, 4096, 4097]) func nothingOutsideIsRead(count: Int) throws {
        try folder.put(Array(repeating: 1, count: count), at: "a")
        let file = try MappedFile(path)
        let offsets = [Int.min, -9, -1, 0, 1, count - 9, count - 8, count - 1, count, count + 1, Int.max - 7, Int.max]
        for offset in offsets {
            #expect((file.integer(at: offset, as: UInt8.self) != nil) == (offset >= 0 && offset < count))
            #expect((file.integer(at: offset, as: UInt64.self) != nil) == (offset >= 0 && offset <= count - 8))
            for length in offsets {
                let isInside = offset >= 0 && length >= 0 && offset <= count && length <= count - offset
                #expect(file.withBytes(at: offset, count: length) { $0.count } == (isInside ? length : nil))
            }
        }
    }

    @Test func aMissingFileIsNilOrAnError() throws {
        #expect(try MappedFile.ifPresent(path) == nil)
        #expect(throws: StoreError(.system(.open, SystemFailure(ENOENT)), path: path)) { _ = try MappedFile(path) }
    }

    @Test func whatIsNoFileIsAnError() throws {
        try folder.createFolder("a")
        #expect(throws: StoreError(.notAFile, path: path)) { _ = try MappedFile(path) }
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: StoreError(.notAFile, path: pipe)) { _ = try MappedFile(pipe) }
    }

    @Test func aFailureAtAnyCallIsAnError() throws {
        try folder.put([1, 2, 3], at: "a")
        for call in 1...3 {
            let faulty = FaultySystem(.at(call, ENOMEM))
            #expect(throws: StoreError.self) { _ = try MappedFile(path, system: faulty.system) }
        }
        let faulty = FaultySystem(.at(4, ENOMEM))
        #expect(try MappedFile(path, system: faulty.system).count == 3)
    }

    @Test func theBytesOutliveTheName() throws {
        try folder.put([1], at: "a")
        let file = try MappedFile(path)
        try DurableFile.replace(path, with: [2, 2])
        #expect(file.count == 1 && file.integer(at: 0, as: UInt8.self) == 1)
        try folder.remove("a")
        #expect(file.integer(at: 0, as: UInt8.self) == 1)
        #expect(try file.isWhole())
    }

    @Test func aFileThatWasCutIsNoticed() throws {
        try folder.put(Array(repeating: 1, count: 10_000), at: "a")
        let file = try MappedFile(path)
        #expect(try file.isWhole())
        #expect(truncate(path, 100) == 0)
        #expect(try !file.isWhole())
    }
}
