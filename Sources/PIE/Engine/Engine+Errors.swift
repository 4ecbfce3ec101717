extension Engine {
    /// Turns what the state objects to, in ids, into the error that users see.
    @usableFromInline
    func error(for error: any Error) -> any Error {
        switch error {
        case let cycle as CycleFound:
            // The same cycle reads the same wherever it was entered: it begins with the least task.
            let path = cycle.path.map(box)
            let texts = path.map(\.description)
            guard let least = texts.indices.min(by: { texts[$0] < texts[$1] }) else { return error }
            return BuildError.cycle(Array(path[least...] + path[..<least]))
        case let conflict as FileConflict:
            let file = file(conflict.file)
            switch conflict.kind {
            case .hidden(let reader, let provider):
                return BuildError.hiddenDependency(reader: box(reader), provider: box(provider), file: file)
            case .overlap(let first, let second):
                return BuildError.overlap(first: box(first), second: box(second), file: file)
            case .writeAfterRead(let task):
                return BuildError.writeAfterRead(box(task), file)
            }
        case let failure as FileSystemError:
            return BuildError.fileSystem(failure)
        case InputError.noValue(let name, let type):
            return BuildError.missingInput(name, type: type)
        default:
            return error
        }
    }

    /// Notes what an execution was thrown: some errors it cannot get rid of by catching them.
    @usableFromInline
    func met(_ error: any Error, by key: ExecutionKey) {
        let isCancellation = error is CancellationError
        guard isCancellation || (error as? BuildError)?.isObjection ?? false else { return }
        locked { state in
            guard state.isCurrent(key) else { return }
            if isCancellation {
                state.claims[key.claim].flags.insert(.cancelled)
            } else if state.objections[key.claim] == nil {
                state.objections[key.claim] = error
            }
        }
    }
}

extension BuildError {
    /// Whether an execution that meets this error fails with it, even if it catches it.
    var isObjection: Bool {
        switch kind {
        case .cycle, .hiddenDependency, .overlap, .writeAfterRead: true
        case .notText, .fileSystem, .missingInput, .misuse, .failures, .duplicateTaskType, .unstableTypeIdentifier,
            .unknownTaskType, .store, .storeInUse:
            false
        }
    }

    static func fileSystem(_ failure: FileSystemError) -> BuildError {
        BuildError(
            .fileSystem(File(failure.path), errno: failure.code),
            "cannot \(failure.operation.rawValue) a file",
            ["file": failure.path, "reason": failure.reason],
            hint: "check that the file is what the task takes it for, and its permissions"
        )
    }
}
