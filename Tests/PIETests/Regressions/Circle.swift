import PIE

/// Two tasks that observe each other, and that their only root does not require any more.
enum Circle: CaseIterable, Sendable {
    /// One required two when it last succeeded, and two required one when it last failed.
    case ofAnAttempt

    /// One has caught a failure of two, which required one when it last succeeded.
    case ofACaughtFailure

    /// One and two required each other when they last failed.
    case ofACycle

    private struct Failure: Error {}

    private var tasks: [String: Play.Body] {
        switch self {
        case .ofAnAttempt:
            return [
                "root": { context, script in
                    try await context.number(in: "root") > 0 ? context.need("one", of: script) : 0
                },
                "one": { context, script in
                    if try await context.number(in: "one") > 0 { throw Failure() }
                    return try await context.need("two", of: script)
                },
                "two": { context, script in
                    try await context.number(in: "two") > 0 ? context.need("one", of: script) : 0
                },
            ]
        case .ofACaughtFailure:
            return [
                "root": { context, script in
                    if try await context.number(in: "root") == 0 { return 0 }
                    if try await context.number(in: "two") == 0 { _ = try await context.need("two", of: script) }
                    return try await context.need("one", of: script)
                },
                "one": { context, script in
                    if try await context.number(in: "one") == 0 { return 0 }
                    return (try? await context.need("two", of: script)) ?? 100
                },
                "two": { context, script in
                    if try await context.number(in: "two") > 0 { throw Failure() }
                    return try await context.need("one", of: script)
                },
            ]
        case .ofACycle:
            return [
                "root": { context, script in
                    try await context.number(in: "root") > 0 ? context.need("one", of: script) : 0
                },
                "one": { context, script in
                    try await context.number(in: "one") > 0 ? context.need("two", of: script) : 0
                },
                "two": { context, script in
                    try await context.number(in: "two") > 0 ? context.need("one", of: script) : 0
                },
            ]
        }
    }

    /// A build with a circle in it.
    struct Build {
        let folder: TemporaryFolder
        let log = EventLog()
        let script: Play
        let pie: Pie

        fileprivate init(_ tasks: [String: Play.Body], isStored: Bool) throws {
            folder = try TemporaryFolder()
            script = Play(tasks)
            pie = try Self.open(folder, isStored: isStored, log)
        }

        private static func open(_ folder: TemporaryFolder, isStored: Bool, _ log: EventLog) throws -> Pie {
            try Pie(
                store: isStored ? .directory(folder.root + ".store", .waiting(atMost: .seconds(10))) : .inMemory,
                root: folder.root,
                tasks: [Part.self],
                options: options(jobs: 1),
                trackers: [log]
            )
        }

        /// The same build in the next process, where this one has closed its store.
        func reopened() throws -> Pie { try Self.open(folder, isStored: true, log) }

        fileprivate func edit(root: Int, one: Int, two: Int) throws {
            for (file, number) in [("root", root), ("one", one), ("two", two)] as [(File, Int)] {
                try folder.write("\(number)", to: file)
            }
        }
    }

    /// Makes the circle, and lets the root go of it.
    ///
    /// - Parameter isStored: Whether the build has a store.
    func build(isStored: Bool = false) async throws -> Build {
        let build = try Build(tasks, isStored: isStored)
        let (pie, root) = (build.pie, build.script["root"])
        try build.edit(root: 1, one: 0, two: 0)
        try await pie.session { _ = try await $0.require(root) }
        try build.edit(root: 1, one: 1, two: 1)
        _ = await Task { try await pie.session { _ = try await $0.update(.detect) } }.result
        try build.edit(root: 0, one: 1, two: 1)
        try await pie.session { _ = try await $0.require(root) }
        return build
    }
}
