/// A fold that was begun: what to make the next snapshot of.
struct StoreFolding: Sendable {
    let base: Snapshot?
    let journals: [MappedJournal]
    let isWhole: Bool
    let goesOn: Bool
    let path: String
    let store: StoreIdentifier
    let generation: UInt64
    let system: StoreSystem

    enum Result {
        case folded(Snapshot)
        case failed(String)
        /// Something of the older snapshot cannot be read, so that no other can be made of it.
        case damaged(String)
    }

    /// Makes the snapshot.
    func run() -> Result {
        let file = path + "/" + Snapshot.fileName(generation: generation)
        do {
            // All of it will be read anyway. What a lost task or resource was to others, these do not say.
            try base?.verifyAll()
            var fold = try StoreFold(base, journals, isWhole: isWhole, goesOn: goesOn)
            try fold.write(at: file, store: store, generation: generation, system: system)
            if let damage = fold.damage {
                try? system.removeFile(file)
                return .damaged(damage)
            }
            return .folded(try Snapshot(at: file, system: system))
        } catch let error as SnapshotDamage {
            return .damaged(error.title)
        } catch let error as StoreError {
            return .failed(error.description)
        } catch let error as SnapshotFailure {
            return .failed(error.description)
        } catch {
            return .failed("the journal of \(path) says something impossible")
        }
    }
}
