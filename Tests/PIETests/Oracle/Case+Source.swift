import PIE

extension Oracle.Case {
    /// The case as Swift source of a test.
    ///
    /// - Parameters:
    ///   - seed: What it was found by, for the name of the test.
    ///   - life: How it went from one session to the next.
    /// - Returns: The source.
    func source(seed: UInt64, _ life: World.Life) -> String {
        let tasks = program.tasks.map { Oracle.source(of: $0) }.joined(separator: ",\n            ")
        let steps = history.steps.map { Oracle.source(of: $0) }.joined(separator: ",\n            ")
        return """
            @Test func R9_seed_\(seed)() async throws {
                let program = Oracle.Program(
                    tasks: [
                        \(tasks)
                    ],
                    moduli: \(Oracle.source(of: program.moduli)),
                    sources: \(Oracle.source(of: program.sources)),
                    generated: \(Oracle.source(of: program.generated)),
                    isCareless: \(program.isCareless)
                )
                let history = Oracle.History(
                    jobs: \(history.jobs),
                    keepGoing: \(history.keepGoing),
                    contents: \(Oracle.source(of: history.contents)),
                    steps: [
                        \(steps)
                    ]
                )
                let result = try await Oracle.$life.withValue(.\(life)) {
                    try await Oracle.Case(program: program, history: history).run()
                }
                #expect(result.discrepancy == nil)
            }
            """
    }
}

extension Oracle {
    /// A value of the oracle's types as Swift would have it: structures by their members, cases by their names.
    static func source(of value: Any) -> String {
        if let file = value as? File { return "\"\(file.path)\"" }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { source(of: $0.value) } ?? "nil"
        case .collection: return "[\(mirror.children.map { source(of: $0.value) }.joined(separator: ", "))]"
        case .struct: return ".init(\(arguments(mirror)))"
        case .enum:
            guard let payload = mirror.children.first, let name = payload.label else { return ".\(value)" }
            let inner = Mirror(reflecting: payload.value)
            return ".\(name)(\(inner.displayStyle == .tuple ? arguments(inner) : source(of: payload.value)))"
        default: return "\(value)"
        }
    }

    private static func arguments(_ mirror: Mirror) -> String {
        mirror.children.map { child in
            guard let label = child.label, !label.hasPrefix(".") else { return source(of: child.value) }
            return "\(label): \(source(of: child.value))"
        }.joined(separator: ", ")
    }
}
