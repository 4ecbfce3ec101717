@testable import PIE

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
        let life: World.Life
        private(set) var pie: Pie

        fileprivate init(_ tasks: [String: Play.Body], _ life: World.Life) throws {
            folder = try TemporaryFolder()
            script = Play(tasks)
            self.life = life
            pie = try Self.open(folder, life, log)
        }

        private static func open(_ folder: TemporaryFolder, _ life: World.Life, _ log: EventLog) throws -> Pie {
            let store = folder.root + ".store"
            return try Pie(
                store: life == .inMemory ? .inMemory : .directory(store, .waiting(atMost: .seconds(10))),
                root: folder.root,
                tasks: [Part.self],
                options: options(jobs: 1),
                trackers: [log]
            )
        }

        /// Goes on as another process would.
        mutating func reopen() async throws {
            if life == .inMemory { return }
            if life == .folding { pie.engine.store?.closingSize = 0 }
            try await pie.close()
            pie = try Self.open(folder, life, log)
        }

        fileprivate func edit(root: Int, one: Int, two: Int) throws {
            for (file, number) in [("root", root), ("one", one), ("two", two)] as [(File, Int)] {
                try folder.write("\(number)", to: file)
            }
        }
    }

    /// Makes the circle, and lets the root go of it.
    ///
    /// - Parameter life: How the build goes on from session to session.
    /// - Returns: The build, behind its last session.
    /// - Throws: What the system refuses.
    func build(_ life: World.Life = .inMemory) async throws -> Build {
        var build = try Build(tasks, life)
        let root = build.script["root"]
        try build.edit(root: 1, one: 0, two: 0)
        try await build.pie.session { _ = try await $0.require(root) }
        try await build.reopen()
        try build.edit(root: 1, one: 1, two: 1)
        _ = await Task { [pie = build.pie] in try await pie.session { _ = try await $0.update(.detect) } }.result
        try await build.reopen()
        try build.edit(root: 0, one: 1, two: 1)
        try await build.pie.session { _ = try await $0.require(root) }
        return build
    }
}
