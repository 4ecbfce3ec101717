extension Oracle.Case {
    /// Whether no task of the program can fail.
    var cannotFail: Bool { !program.isCareless && !program.tasks.contains { $0.contains { $0.canFail } } }

    /// Goes through the history in several ways.
    ///
    /// - Parameters:
    ///   - variations: The ways; all others must come to the same as the first, up to the first error of that.
    ///   - aspects: What is compared.
    /// - Returns: Where one of them parts from the first; nil if none does. And how many steps there were.
    /// - Throws: What keeps a build from being set up.
    func difference(
        _ variations: [Oracle.Variation],
        in aspects: [Oracle.Account.Aspect]
    ) async throws -> (text: String?, steps: Int) {
        let number = Oracle.Stage.add(Oracle.Stage(program))
        defer { Oracle.Stage.remove(number) }
        var first: [Oracle.Account] = []
        var steps = 0
        for (place, variation) in variations.enumerated() {
            let accounts = try await Oracle.Player(self, stageNumber: number, variation).play()
            steps += accounts.count
            if place == 0 { first = accounts }
            for (step, pair) in zip(first, accounts).enumerated() {
                if pair.0.hasFailed { break }
                if let text = pair.1.difference(from: pair.0, in: aspects) {
                    return ("step \(step), \(variation), against \(variations[0]): \(text)", steps)
                }
            }
        }
        return (nil, steps)
    }

    /// Leaves out steps and the code of tasks as long as something is still true of what remains.
    func reduced(while holds: (Self) async throws -> Bool) async throws -> Self {
        var best = self
        var isShrinking = true
        while isShrinking {
            isShrinking = false
            for candidate in best.parts where try await holds(candidate) {
                best = candidate
                isShrinking = true
                break
            }
        }
        return best
    }

    private var parts: [Self] {
        let shorter = history.steps.indices.reversed().map { step in
            var part = self
            part.history.steps.remove(at: step)
            return part
        }
        let simpler = program.tasks.indices.reversed().filter { !program.tasks[$0].isEmpty }.flatMap { task in
            program.tasks[task].indices.map { place in
                var part = self
                part.program.tasks[task].remove(at: place)
                return part
            }
        }
        let calmer = history.steps.indices.flatMap { step in
            history.steps[step].edits.indices.map { edit in
                var part = self
                part.history.steps[step].edits.remove(at: edit)
                return part
            }
        }
        return shorter + simpler + calmer
    }
}

extension Oracle.Instruction {
    var canFail: Bool {
        switch self {
        case .fail, .attempt: true
        case .branch(let yes, let no): (yes + no).contains { $0.canFail }
        default: false
        }
    }
}
