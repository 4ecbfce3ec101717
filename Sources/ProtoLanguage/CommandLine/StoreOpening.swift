import PIE

/// Opens the build of a command over its store, or without it: what can be checked is checked, whatever is wrong with the
/// store.
struct StoreOpening {
    /// How a store was opened.
    struct Outcome {
        var pie: Pie
        /// The folder of the store; nil if there is none.
        var path: String?
        /// Whether what the command finds out is kept.
        var isWritable = false
        /// Whether the store has nothing from earlier yet.
        var isNew = true
        var duration = Duration.zero
    }

    /// How long to wait for another process that has the store; then going on without writing is better.
    private static let patience = Duration.seconds(2)

    let output: CommandOutput
    let make: (StoreLocation) throws -> Pie

    /// Opens the store.
    ///
    /// - Parameter choice: Which one.
    /// - Returns: The build, and how its store was opened.
    /// - Throws: A ``UsageError`` if the folder has other files in it; `CancellationError`.
    func open(_ choice: StoreChoice) async throws -> Outcome {
        guard case .folder(let path) = choice else { return Outcome(pie: try make(.inMemory)) }
        let store: ProjectStore
        do {
            store = try ProjectStore(at: path)
            try store.make()
        } catch let error as StoreError {
            return try readOnly(path, because: error.title)
        }
        let start = ContinuousClock.now
        do {
            let pie = try await waiting(path)
            let duration = ContinuousClock.now - start
            return Outcome(pie: pie, path: path, isWritable: true, isNew: store.isNew, duration: duration)
        } catch let error as BuildError {
            switch error.kind {
            case .storeInUse: return try readOnly(path, because: "another process still has the store '\(path)'")
            case .store: return try readOnly(path, because: error.title)
            default: throw error
            }
        }
    }

    /// Opens the store as soon as no other process has it.
    private func waiting(_ path: String) async throws -> Pie {
        let end = ContinuousClock.now + Self.patience
        var isAnnounced = false
        while true {
            do {
                return try make(.directory(path))
            } catch let error as BuildError {
                guard case .storeInUse = error.kind, ContinuousClock.now < end else { throw error }
                if !isAnnounced { output.print("Waiting: \(error.title)", to: .error) }
                isAnnounced = true
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func readOnly(_ path: String, because reason: String) throws -> Outcome {
        let start = ContinuousClock.now
        let pie = (try? StoreFiles(at: path))?.isStore ?? false ? try? make(.directory(path, .readOnly)) : nil
        output.print("Warning: \(reason); what this run finds out is not kept.", to: .error)
        guard let pie else { return Outcome(pie: try make(.inMemory)) }
        return Outcome(pie: pie, path: path, isNew: false, duration: ContinuousClock.now - start)
    }
}
