#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A journal of a store as it was found, and what is appended to it.
final class MappedJournal: Sendable {
    let path: String
    let generation: UInt64

    /// Whose journal it is; nil if that cannot be read.
    let store: StoreIdentifier?

    /// What was found when it was opened.
    let replay: JournalReplay

    /// Whether there was no record in it when it was opened.
    var isEmpty: Bool { replay.validCount <= JournalHeader.size }

    private let system: StoreSystem
    private let present: Lock<Mapping>

    private final class Mapping: Sendable {
        let file: MappedFile

        init(_ file: consuming MappedFile) {
            self.file = file
        }
    }

    /// Maps a journal; `nil` if there is no such file.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - generation: Its generation.
    ///   - store: Whose journal it should be; nil if any will do.
    ///   - system: The system calls.
    /// - Throws: What the system refused.
    init?(
        _ path: String,
        generation: UInt64,
        expecting store: StoreIdentifier?,
        system: StoreSystem
    ) throws(StoreError) {
        guard let file = try MappedFile.ifPresent(path, system: system) else { return nil }
        let expected = store.map { JournalIdentity(store: $0, generation: generation) }
        replay = file.withBytes { JournalReplay(of: $0, expecting: expected) { _ in } }
        self.store = replay.identity?.store
        self.path = path
        self.generation = generation
        self.system = system
        present = Lock(Mapping(file))
    }

    /// A journal that was made just now.
    init(empty path: String, _ identity: JournalIdentity, system: StoreSystem) throws(StoreError) {
        let file = try MappedFile(path, system: system)
        replay = file.withBytes { JournalReplay(of: $0, expecting: identity) { _ in } }
        store = identity.store
        self.path = path
        generation = identity.generation
        self.system = system
        present = Lock(Mapping(file))
    }

    /// The journal as it is now.
    func reopened() throws(StoreError) -> MappedJournal {
        guard let journal = try MappedJournal(path, generation: generation, expecting: store, system: system) else {
            throw StoreError(.open, path: path, SystemFailure(ENOENT))
        }
        return journal
    }

    /// Goes through the records that were there when it was opened, up to the first that is not valid.
    func records(_ body: (JournalRecord) throws(RecordDamage) -> Void) throws(RecordDamage) {
        var failure: RecordDamage?
        let mapping = present.withLock { $0 }
        _ = mapping.file.withBytes { bytes in
            let valid = UnsafeRawBufferPointer(rebasing: bytes.prefix(replay.validCount))
            return JournalReplay(of: valid) { record in
                if failure != nil { return }
                do throws(RecordDamage) { try body(record) } catch { failure = error }
            }
        }
        if let failure { throw failure }
    }

    /// The bytes at a place where a variable with their number stands in front of them.
    func counted(at offset: Int) throws(RecordDamage) -> [UInt8] {
        var mapping = present.withLock { $0 }
        if offset + 16 > mapping.file.count || (try? Self.counted(in: mapping, at: offset)) == nil {
            // It may have grown since.
            guard let file = try? MappedFile(path, system: system) else { throw RecordDamage() }
            let grown = Mapping(file)
            present.withLock { $0 = grown }
            mapping = grown
        }
        return try Self.counted(in: mapping, at: offset)
    }

    private static func counted(in mapping: Mapping, at offset: Int) throws(RecordDamage) -> [UInt8] {
        let bytes = mapping.file.withBytes { bytes -> [UInt8]? in
            guard offset >= 0, offset < bytes.count else { return nil }
            var reader = RecordReader(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
            return (try? reader.counted()).map { [UInt8]($0) }
        }
        guard let bytes else { throw RecordDamage() }
        return bytes
    }
}
