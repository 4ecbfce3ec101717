import PIE
import PIETesting

extension Oracle {
    /// How the sessions of a history go about it.
    enum Style: Hashable, Sendable, CaseIterable {
        case topDown
        case bottomUp
        case mixed
    }
}

extension Oracle.History {
    /// Makes a history up for a program.
    static func random(
        for program: Oracle.Program,
        jobs: Int,
        keepGoing: Bool,
        style: Oracle.Style,
        using random: inout SeededGenerator
    ) -> Self {
        var author = Author(program: program, style: style, isInterrupted: random.chance(40), random: random)
        let history = Self(
            jobs: jobs,
            keepGoing: keepGoing,
            contents: program.sources.map { _ in author.random.chance(15) ? nil : author.random.number(in: 0...5) },
            steps: (0..<author.random.number(in: 4...16)).map { author.step(first: $0 == 0) }
        )
        random = author.random
        return history
    }
}

/// Makes steps up.
private struct Author {
    let program: Oracle.Program
    let style: Oracle.Style
    let isInterrupted: Bool
    var random: SeededGenerator

    /// Whether the step before has left orphans where they are.
    private var isAfterGarbage = false

    init(program: Oracle.Program, style: Oracle.Style, isInterrupted: Bool, random: SeededGenerator) {
        self.program = program
        self.style = style
        self.isInterrupted = isInterrupted
        self.random = random
    }

    mutating func step(first: Bool) -> Oracle.Step {
        let action = first ? require() : action()
        var edits = first ? [] : edits(atMost: 3)
        if case .collectGarbage = action, random.chance(40) {
            let last = program.tasks.count - 1
            edits.append(.unobserve(last - random.number(in: 0...min(last, 2))))
        }
        isAfterGarbage = if case .collectGarbage(deleting: false) = action { true } else { false }
        return Oracle.Step(
            edits: edits,
            action: action,
            comparesFromScratch: random.chance(25),
            kill: random.chance(60) ? random.number(in: 0...random.pick([60, 300, 1_000, 3_000])) : nil
        )
    }

    private mutating func edits(atMost count: Int) -> [Oracle.Edit] {
        (0..<random.number(in: 0...count)).map { _ in edit() }
    }

    private mutating func edit() -> Oracle.Edit {
        let generated = program.generated.isEmpty ? 0 : 12
        let isGenerated = random.chance(generated)
        let file =
            isGenerated
            ? program.sources.count + random.number(in: 0...program.generated.count - 1)
            : random.number(in: 0...program.sources.count - 1)
        let task = random.number(in: 0...program.tasks.count - 1)
        let source = random.number(in: 0...program.sources.count - 1)
        switch random.number(in: 0...28) {
        case 25: return .version(random.number(in: 1...3))
        case 26...27: return .slip(file, random.number(in: 0...5))
        case 28: return .disguise(file, random.number(in: 0...5))
        case 20...21: return .buffer(isGenerated ? file : source, random.chance(40) ? nil : random.number(in: 0...5))
        case 22: return .observe(task)
        case 23...24: return .unobserve(task)
        case 0...1: return .touch(file)
        case 2: return .rewrite(file)
        case 3...4: return .delete(file)
        case 5: return .swap(file, random.number(in: 0...program.sources.count - 1))
        case 6...8: return .undo(file)
        case 9: return .input(random.number(in: 0...1), random.number(in: 0...2))
        case 10: return .variable(random.number(in: 0...1), random.chance(20) ? nil : random.number(in: 0...2))
        default: return .write(file, random.number(in: 0...5))
        }
    }

    private mutating func action() -> Oracle.Action {
        if isAfterGarbage && random.chance(50) { return .collectGarbage(deleting: true) }
        if random.chance(8) { return .collectGarbage(deleting: random.chance(60)) }
        let plain = plainAction()
        guard isInterrupted else { return plain }
        switch random.number(in: 0...9) {
        case 0...1: return .cancelled(plain, at: random.number(in: 1...(random.chance(30) ? 3 : 40)))
        case 2: return .superseded(plain, at: random.number(in: 1...40), edits: edits(atMost: 2), by: plainAction())
        default: return plain
        }
    }

    private mutating func plainAction() -> Oracle.Action {
        if random.chance(8) {
            let task = random.number(in: 0...program.tasks.count - 1)
            return .demand(task, observing: random.chance(50), forcing: random.chance(70))
        }
        let updates =
            switch style {
            case .topDown: 0
            case .bottomUp: 90
            case .mixed: 50
            }
        return random.chance(updates)
            ? .update(random.pick(Oracle.Naming.allCases), requiringAll: random.chance(30))
            : require()
    }

    private mutating func require() -> Oracle.Action {
        let last = program.tasks.count - 1
        let roots = (0..<random.number(in: 1...3)).map { _ in
            random.chance(60) ? last - random.number(in: 0...min(last, 2)) : random.number(in: 0...last)
        }
        return .require(roots, random.pick([.oneByOne, .oneByOne, .atOnce, .asGroup]))
    }
}
