#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of a store, open, before an engine has taken them over.
struct OpenedStore: ~Copyable {
    var folder: StoreFolder
    var journal: Journal?
    var lock: StoreLock?

    /// Opens a store, or makes one.
    ///
    /// - Parameters:
    ///   - path: The folder; it is made if it is not there.
    ///   - access: How to open it.
    ///   - system: The system calls.
    /// - Returns: The store, whose lock this process has.
    /// - Throws: What the system refuses, or that another process has the store.
    static func open(_ path: String, _ access: StoreAccess, system: StoreSystem) throws(StoreError) -> OpenedStore {
        if access != .readOnly { try Self.makeFolder(path, system) }
        let isWritable = access != .readOnly
        let lock = try Self.lock(path, access, system)
        var folder = try StoreFolder(path, isWritable: isWritable, system: system)
        let journal = isWritable ? try folder.openJournal() : nil
        return OpenedStore(folder, journal, lock)
    }

    private init(_ folder: StoreFolder, _ journal: consuming Journal?, _ lock: consuming StoreLock?) {
        self.folder = folder
        self.journal = journal
        self.lock = lock
    }

    /// Keeps all files aside and begins with an empty store.
    mutating func startAnew(because why: String) throws(StoreError) {
        journal = nil
        folder = try folder.emptied(because: why)
        if folder.isWritable { journal = try folder.openJournal() }
    }

    private static func makeFolder(_ path: String, _ system: StoreSystem) throws(StoreError) {
        do throws(SystemFailure) {
            try system.makeFolder(path)
        } catch {
            throw StoreError(.makeFolder, path: path, error)
        }
    }

    private static func lock(
        _ path: String,
        _ access: StoreAccess,
        _ system: StoreSystem
    ) throws(StoreError) -> StoreLock? {
        let file = path + "/lock"
        switch access {
        case .readOnly:
            return nil
        case .exclusive:
            return try StoreLock(at: file, system: system)
        case .waiting(let limit):
            let end = ContinuousClock.now.advanced(by: limit)
            while true {
                do throws(StoreError) {
                    return try StoreLock(at: file, system: system)
                } catch {
                    guard case .locked = error.kind, ContinuousClock.now < end else { throw error }
                    usleep(10_000)
                }
            }
        }
    }
}
