extension BuildError {
    static func cycle(_ path: [AnyTask]) -> BuildError {
        var details: [Detail] = []
        for (index, task) in path.enumerated() {
            details.append(Detail(label: index == 0 ? "task" : "requires", value: "\(task)"))
        }
        if let first = path.first {
            details.append(Detail(label: "requires", value: path.count == 1 ? "itself" : "\(first)"))
        }
        return BuildError(
            .cycle(path),
            "tasks require each other in a cycle",
            list: details,
            hint: "break the cycle: let one of these tasks do without the next, or use previousOutput(of:) for feedback"
        )
    }

    static func hiddenDependency(reader: AnyTask, provider: AnyTask, file: File) -> BuildError {
        BuildError(
            .hiddenDependency(reader: reader, provider: provider, file: file),
            "a task reads a file that it does not know to be generated",
            ["reader": "\(reader)", "provider": "\(provider)", "file": file.path],
            hint: "let the reader require the provider, or a task that requires it, before it asks for the file"
        )
    }

    /// Whether tasks came into conflict over a file (R10, R11), be it among other failures of a group.
    var isFileConflict: Bool {
        switch kind {
        case .hiddenDependency, .overlap, .writeAfterRead: true
        case .failures(let errors): errors.contains { ($0 as? BuildError)?.isFileConflict ?? false }
        default: false
        }
    }

    static func overlap(first: AnyTask, second: AnyTask, file: File) -> BuildError {
        BuildError(
            .overlap(first: first, second: second, file: file),
            "two tasks provide one file",
            ["first": "\(first)", "second": "\(second)", "file": file.path],
            hint: "let one task provide the file, and the other require that task"
        )
    }

    static func writeAfterRead(_ task: AnyTask, _ file: File) -> BuildError {
        BuildError(
            .writeAfterRead(task: task, file: file),
            "a task writes a file that it has read before",
            ["task": "\(task)", "file": file.path],
            hint: "write to another file, or read in a task of its own: what is read must be there before the task runs"
        )
    }

    static func notText(_ file: File) -> BuildError {
        BuildError(
            .notText(file),
            "a file that is read as text is not UTF-8",
            ["file": file.path],
            hint: "read its bytes with read(_:), or save it as UTF-8"
        )
    }

    static func missingInput(_ name: String, type: String) -> BuildError {
        BuildError(
            .missingInput(name: name),
            "an input is read that has no value",
            ["input": name, "type": type],
            hint: "set it with Pie.set(_:to:) before the session, or give the Input a default"
        )
    }

    static func misuse(_ title: String, hint: String) -> BuildError {
        BuildError(.misuse, title, hint: hint)
    }

    static var endedContext: BuildError {
        misuse(
            "a context is used after the task it was made for has ended",
            hint: "await everything that uses the context before execute(in:) returns"
        )
    }

    static var endedSession: BuildError {
        misuse(
            "a session is used after its end",
            hint: "use the session only inside the closure that it was given to"
        )
    }

    static func failures(_ errors: [any Error]) -> BuildError {
        var seen: Set<ObjectIdentifier> = []
        let flat = errors.flatMap { error -> [any Error] in
            if case .failures(let inner)? = (error as? BuildError)?.kind { return inner }
            return [error]
        }.filter { seen.insert(identity(of: $0)).inserted }
        return BuildError(
            .failures(flat),
            flat.count == 1 ? "one task failed" : "\(flat.count) tasks failed",
            list: flat.map { Detail(label: "error", value: "\($0)") },
            hint: ""
        )
    }

    /// What tells a thrown error from an equal one: what several requirers pass on is one error.
    private static func identity(of error: any Error) -> ObjectIdentifier {
        // SAFETY: an existential error is one reference to a counted box, on all platforms; it is compared, not used. The
        // cast to the type that it has keeps the call from opening the existential.
        unsafeBitCast(error as any Error, to: ObjectIdentifier.self)
    }

    static func duplicateTaskType(
        _ identifier: String,
        _ first: any IncrementalTask.Type,
        _ second: any IncrementalTask.Type
    ) -> BuildError {
        BuildError(
            .duplicateTaskType(identifier),
            "two task types have one type identifier",
            [
                "identifier": identifier,
                "first": String(reflecting: first),
                "second": String(reflecting: second),
            ],
            hint: "give one of them another static typeIdentifier"
        )
    }

    static func unstableTypeIdentifier(_ identifier: String) -> BuildError {
        BuildError(
            .unstableTypeIdentifier(identifier),
            "a private or local task type has no name that is the same in every run",
            ["type": identifier],
            hint: "declare a static typeIdentifier of your own in it, or move it out of the private scope"
        )
    }

    static func unknownTaskType(_ identifier: String) -> BuildError {
        BuildError(
            .unknownTaskType(identifier),
            "a task of the store must execute whose type the program does not know",
            ["type": identifier],
            hint: "give the type to Pie(tasks:)"
        )
    }

    static func store(_ error: StoreError) -> BuildError {
        if case .locked = error.kind { return BuildError(.storeInUse, error.title, [:], hint: error.hint) }
        return BuildError(.store, error.title, [:], hint: error.hint)
    }

    static func closed() -> BuildError {
        .misuse("a Pie is used after it was closed", hint: "close it last, or make another one")
    }

    static func lostOutput(of task: AnyTask) -> BuildError {
        BuildError(
            .store,
            "an output that was dropped from memory is not in the store any more",
            ["task": "\(task)"],
            hint: "see that nobody changes the files of a store that is in use, and that the output decodes from its "
                + "own encoding; the next session makes it again"
        )
    }
}
