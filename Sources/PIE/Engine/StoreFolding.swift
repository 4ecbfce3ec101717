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
        case folded(Snapshot, [StoreNotice])
        case failed(String)
    }

    /// Makes the snapshot.
    func run() -> Result {
        let file = path + "/" + Snapshot.fileName(generation: generation)
        do {
            var notices: [StoreNotice] = []
            var fold = try StoreFold(base, journals, isWhole: isWhole, goesOn: goesOn)
            try fold.write(at: file, store: store, generation: generation, system: system)
            if let damage = fold.damage, let base {
                let old = path + "/" + Snapshot.fileName(generation: base.generation)
                let kept = try DurableFile.keepAside(old, system: system)
                notices.append(.keptAside(file: old, as: kept, why: "is damaged in part (\(damage))"))
            }
            return .folded(try Snapshot(at: file, system: system), notices)
        } catch let error as StoreError {
            return .failed(error.description)
        } catch let error as SnapshotFailure {
            return .failed(error.description)
        } catch {
            return .failed("the journal of \(path) says something impossible")
        }
    }
}
