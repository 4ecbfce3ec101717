import PIE

extension StoreContents {
    /// Everything, for programs; `protocheck inspect --help` says what the fields mean.
    var json: JSONText {
        .object([
            ("format", .number(Int(format))),
            ("store", .string(files.path)),
            ("identifier", .string(identifier)),
            ("generation", .number(Int(clamping: generation))),
            ("complete", .bool(isComplete)),
            ("problems", .list(problems.map { .string($0) })),
            ("files", .list(files.files.map(Self.json))),
            ("tasks", .list(taskTypes.map(Self.json))),
            ("resources", .list(resourceTypes.map(Self.json))),
            ("dependencies", .number(dependencyCount)),
            ("waiting", .number(waitingCount)),
            ("lastSession", .number(lastSession)),
            (
                "sessions",
                .list(
                    sessions.map {
                        .object([("session", .number($0.session)), ("executed", .number($0.executed))])
                    }
                )
            ),
            ("executions", .list(executions().map(Self.json))),
        ])
    }

    private static func json(_ file: StoreFiles.Entry) -> JSONText {
        .object([
            ("name", .string(file.name)), ("kind", .string(file.kind.rawValue)), ("bytes", .number(file.size)),
        ])
    }

    private static func json(_ type: TaskType) -> JSONText {
        .object([
            ("type", .string(type.identifier)),
            ("versions", .list(type.versions.map { .number($0) })),
            ("count", .number(type.count)),
            ("withOutput", .number(type.withOutput)),
            ("keyBytes", .number(type.keyBytes)),
            ("recordBytes", .number(type.recordBytes)),
            ("outputBytes", .number(type.outputBytes)),
        ])
    }

    private static func json(_ type: ResourceType) -> JSONText {
        .object([
            ("type", .string(type.name)), ("count", .number(type.count)), ("bytes", .number(type.bytes)),
        ])
    }

    private static func json(_ execution: Execution) -> JSONText {
        .object([
            ("task", .string(execution.task)),
            ("type", .string(execution.type)),
            ("session", .number(execution.session)),
            ("reason", .string(execution.reason)),
            ("target", execution.target.map { .string($0) } ?? .null),
            ("text", .string(execution.text)),
        ])
    }
}
