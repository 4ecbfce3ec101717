#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Journal {
    /// Opens a journal: hands out its valid records, and puts it into a state in which more can be appended.
    ///
    /// A torn tail is cut off. A file that is damaged, of another version, of another store, or no journal at all is
    /// kept aside, and its valid records are copied into the file that takes its place. Without a file, one is created.
    /// Nothing is written if the journal is as it should be.
    ///
    /// - Parameters:
    ///   - path: The path of the file, in a folder whose lock the caller holds.
    ///   - identity: Whose journal it should be.
    ///   - durability: What a repaired or new file is to survive.
    ///   - system: The system calls.
    ///   - body: Takes the records, in the order in which they were appended.
    /// - Throws: What the system refused; the file is then as it was.
    package init(
        at path: String,
        identity: JournalIdentity,
        durability: Durability = .synced,
        system: StoreSystem = .live,
        _ body: (JournalRecord) -> Void
    ) throws(StoreError) {
        guard let old = try MappedFile.ifPresent(path, system: system) else {
            self = try .create(at: path, identity: identity, durability: durability, system: system)
            return
        }
        let replay = old.withBytes { JournalReplay(of: $0, expecting: identity, body) }
        if replay.stop == .end {
            let file = try StoreFile(opening: path, flags: O_RDWR, system: system)
            self.init(going: file, identity, replay, keptAside: nil)
            return
        }
        let keptAside = replay.stop == .torn ? nil : try DurableFile.keepAside(path, system: system)
        if replay.validCount == 0 {
            self = try .create(
                at: path,
                identity: identity,
                replay: replay,
                keptAside: keptAside,
                durability: durability,
                system: system
            )
        } else {
            // A copy, not a shorter file: see MappedFile.
            let file = try DurableFile.replaceAndOpen(path, durability: durability, system: system) {
                (writer) throws(StoreError) in
                _ = try old.withBytes(at: 0, count: replay.validCount) { (bytes) throws(StoreError) in
                    try writer.append(bytes)
                }
            }
            self.init(going: file, identity, replay, keptAside: keptAside)
        }
    }

    /// Creates a journal, in the place of whatever has that path: all of it is there, and synced, or nothing.
    ///
    /// - Parameters:
    ///   - path: The path of the file, in a folder whose lock the caller holds.
    ///   - identity: Whose journal it is.
    ///   - records: The records that it begins with.
    ///   - inSession: Whether a session that has begun goes on in this journal. With records, one does.
    ///   - durability: What the file is to survive.
    ///   - system: The system calls.
    /// - Returns: The journal, open.
    /// - Throws: What the system refused.
    package static func create(
        at path: String,
        identity: JournalIdentity,
        records: JournalGroup = JournalGroup(),
        inSession: Bool = false,
        durability: Durability = .synced,
        system: StoreSystem = .live
    ) throws(StoreError) -> Journal {
        try create(
            at: path,
            identity: identity,
            records: records,
            inSession: inSession || !records.isEmpty,
            replay: .missing,
            keptAside: nil,
            durability: durability,
            system: system
        )
    }

    private static func create(
        at path: String,
        identity: JournalIdentity,
        records: JournalGroup = JournalGroup(),
        inSession: Bool = false,
        replay: JournalReplay,
        keptAside: String?,
        durability: Durability,
        system: StoreSystem
    ) throws(StoreError) -> Journal {
        let header = JournalHeader.encoded(identity)
        var group = inSession ? JournalGroup.beginningOfSession() : JournalGroup()
        group.append(records)
        let checksum = group.seal(after: JournalHeader.checksum(of: header))
        let file = try DurableFile.replaceAndOpen(path, durability: durability, system: system) {
            (writer) throws(StoreError) in
            try writer.append(header)
            try group.withBytes { (bytes) throws(StoreError) in try writer.append(bytes) }
        }
        return Journal(
            file,
            identity: identity,
            replay: replay,
            keptAside: keptAside,
            end: header.count + group.count,
            checksum: checksum,
            isInSession: inSession
        )
    }

    private init(
        going file: consuming StoreFile,
        _ identity: JournalIdentity,
        _ replay: JournalReplay,
        keptAside: String?
    ) {
        self.init(
            file,
            identity: identity,
            replay: replay,
            keptAside: keptAside,
            end: replay.validCount,
            checksum: replay.checksum,
            isInSession: false
        )
    }
}
