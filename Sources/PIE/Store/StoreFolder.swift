#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of a store: a snapshot, the journals since then, and a lock.
///
/// ```
/// lock             who writes
/// snapshot-3       what was known when the store was folded for the third time
/// journal-3        what happened since; records of it, one after the other
/// journal-4        what happened since a fold that did not come to its end, if there is one
/// unfinished       empty, and mostly not there: something happened that could not be written, on a full disk for instance
/// ```
///
/// Folding begins with a new journal: from then on the old ones do not change, and with the old snapshot they make the
/// new one, while a build goes on. Opening takes the latest snapshot that is whole and all journals from its own on.
struct StoreFolder {
    let path: String
    let system: StoreSystem
    let isWritable: Bool

    let identifier: StoreIdentifier

    /// The snapshot; nil if the store was never folded.
    let snapshot: Snapshot?

    /// The journals since the snapshot, in the order of their generations.
    private(set) var journals: [MappedJournal] = []

    /// Whether the last process ended its last session, and nothing of what it wrote is missing.
    let isWhole: Bool

    /// Whether something happened that could not be written.
    private(set) var isMarked = false

    /// What the user may want to know.
    private(set) var notices: [StoreNotice] = []

    /// How often somebody who only reads looks again, since another process has just folded the store.
    private static let mostLooks = 16

    /// Looks at what there is.
    ///
    /// Whoever only reads may find names of files that another process has made superfluous since; then there is a newer
    /// snapshot, and he looks again. What he would make of the rest might be older than what he was told of.
    ///
    /// - Parameters:
    ///   - path: The folder, which exists.
    ///   - isWritable: Whether the caller holds its lock: only then anything is changed.
    ///   - system: The system calls.
    /// - Throws: What the system refused.
    init(_ path: String, isWritable: Bool, system: StoreSystem) throws(StoreError) {
        var isGone = false
        try self.init(path, isWritable: isWritable, system: system, isGone: &isGone)
        var looks = 1
        while isGone && !isWritable && looks < Self.mostLooks {
            isGone = false
            self = try StoreFolder(path, isWritable: isWritable, system: system, isGone: &isGone)
            looks += 1
        }
    }

    /// Looks once.
    ///
    /// - Parameters:
    ///   - path: The folder, which exists.
    ///   - isWritable: Whether the caller holds its lock.
    ///   - system: The system calls.
    ///   - isGone: Becomes true if a file that had a name there could not be found under it.
    /// - Throws: What the system refused.
    private init(
        _ path: String,
        isWritable: Bool,
        system: StoreSystem,
        isGone: inout Bool
    ) throws(StoreError) {
        self.path = path
        self.system = system
        self.isWritable = isWritable
        if isWritable { try DurableFile.removeLeftovers(in: path, system: system) }
        let names = try DurableFile.names(in: path, system: system)

        var found: Snapshot?
        var lost: [StoreNotice] = []
        for generation in Self.generations(of: "snapshot-", in: names).reversed() where found == nil {
            let file = path + "/" + Snapshot.fileName(generation: generation)
            do throws(SnapshotFailure) {
                found = try Snapshot(at: file, system: system)
            } catch {
                if case .system(let failure) = error.kind { throw failure }
                if case .missing = error.kind { isGone = true }
                lost.append(try Self.setAside(file, error.reason, isWritable, system))
            }
        }
        snapshot = found

        var store = found?.store
        var generation = found?.generation ?? 0
        let present = Self.generations(of: "journal-", in: names)
        while present.contains(generation) {
            let file = path + "/journal-\(generation)"
            guard let journal = try MappedJournal(file, generation: generation, expecting: store, system: system) else {
                isGone = true
                break
            }
            journals.append(journal)
            store = store ?? journal.store
            generation += 1
            if journal.replay.stop != .end { break }
        }
        // Those that follow what is missing say nothing.
        for late in present where late >= generation {
            lost.append(try Self.setAside(path + "/journal-\(late)", "follows what is missing", isWritable, system))
        }
        identifier = store ?? .random()
        let last = journals.last { $0.replay.lastSession != .none }?.replay.lastSession
        isMarked = names.contains("unfinished")
        isWhole =
            !isMarked && lost.isEmpty && journals.allSatisfy { $0.replay.stop == .end }
            && (last != .unfinished || Mutation.isOn(.unfinishedSessionsTrusted))
        notices = lost
        if isWritable { removeAll(before: found?.generation ?? 0, names) }
    }

    /// The folder without a store: what was there is kept aside.
    func emptied(because why: String) throws(StoreError) -> StoreFolder {
        var empty = StoreFolder(emptyAt: path, isWritable: isWritable, system: system, notices: notices)
        for name in try DurableFile.names(in: path, system: system)
        where Self.generations(of: "snapshot-", in: [name]) != [] || Self.generations(of: "journal-", in: [name]) != []
        {
            empty.notices.append(try Self.setAside(path + "/" + name, why, isWritable, system))
        }
        return empty
    }

    private init(emptyAt path: String, isWritable: Bool, system: StoreSystem, notices: [StoreNotice]) {
        self.path = path
        self.isWritable = isWritable
        self.system = system
        self.notices = notices
        identifier = .random()
        snapshot = nil
        isWhole = true
    }

    /// Says, or says no more, that something happened that could not be written; an empty file takes no space.
    mutating func mark(_ isUnfinished: Bool) {
        if isUnfinished == isMarked { return }
        let file = path + "/unfinished"
        do throws(SystemFailure) {
            if isUnfinished {
                system.closeFile(try system.openFile(file, O_RDWR | O_CREAT))
            } else {
                try system.removeFile(file)
            }
            isMarked = isUnfinished
        } catch {
            // Where not even that can be said, nothing can.
        }
    }

    /// The generation of the journal that is written.
    var generation: UInt64 { journals.last?.generation ?? snapshot?.generation ?? 0 }

    /// Opens the last journal to go on with it, or makes the first.
    mutating func openJournal() throws(StoreError) -> Journal {
        let identity = JournalIdentity(store: identifier, generation: generation)
        let file = path + "/" + identity.fileName
        let journal = try Journal(at: file, identity: identity, system: system) { _ in }
        if let kept = journal.keptAside {
            notices.append(.keptAside(file: file, as: kept, why: "is damaged, or another store's"))
        }
        if journals.isEmpty { journals.append(try MappedJournal(empty: file, identity, system: system)) }
        return journal
    }

    /// The journal of a generation.
    func journal(_ generation: Int) -> MappedJournal? { journals.first { $0.generation == UInt64(generation) } }

    /// Makes the journal of the next generation, which goes on with the session of the one before.
    mutating func rotate(inSession: Bool) throws(StoreError) -> Journal {
        let identity = JournalIdentity(store: identifier, generation: generation + 1)
        let file = path + "/" + identity.fileName
        let journal = try Journal.create(at: file, identity: identity, inSession: inSession, system: system)
        journals.append(try MappedJournal(empty: file, identity, system: system))
        return journal
    }

    /// Removes what a snapshot has made superfluous.
    func removeAll(before generation: UInt64) {
        guard let names = try? DurableFile.names(in: path, system: system) else { return }
        removeAll(before: generation, names)
    }

    private func removeAll(before generation: UInt64, _ names: [String]) {
        for old in Self.generations(of: "snapshot-", in: names) where old < generation {
            try? system.removeFile(path + "/" + Snapshot.fileName(generation: old))
        }
        for old in Self.generations(of: "journal-", in: names) where old < generation {
            try? system.removeFile(path + "/journal-\(old)")
        }
    }

    /// Keeps a file under another name, and takes its own away.
    private static func setAside(
        _ file: String,
        _ why: String,
        _ isWritable: Bool,
        _ system: StoreSystem
    ) throws(StoreError) -> StoreNotice {
        guard isWritable else { return .keptAside(file: file, as: file, why: why) }
        let kept = try DurableFile.keepAside(file, system: system)
        do throws(SystemFailure) {
            try system.removeFile(file)
        } catch {
            throw StoreError(.remove, path: file, error)
        }
        return .keptAside(file: file, as: kept, why: why)
    }

    private static func generations(of prefix: String, in names: [String]) -> [UInt64] {
        names.compactMap { name in
            guard name.hasPrefix(prefix), let number = UInt64(name.dropFirst(prefix.count)) else { return nil }
            // Other ways to write a number are other files.
            return name == prefix + "\(number)" ? number : nil
        }
        .sorted()
    }
}
