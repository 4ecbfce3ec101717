import PIE
import PIETesting

extension Oracle {
    /// A program and a history, made up from a seed.
    struct Case: Hashable, Sendable {
        var program: Program
        var history: History

        init(program: Program, history: History) {
            self.program = program
            self.history = history
        }

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            let keepGoing = random.chance(20)
            program = .random(allowingAttempts: !keepGoing, using: &random)
            history = .random(
                for: program,
                jobs: random.pick([1, 1, 4]),
                keepGoing: keepGoing,
                style: random.pick(Style.allCases),
                using: &random
            )
        }

        /// What came of a case.
        struct Result: Sendable {
            var sessions = 0
            var discrepancy: Discrepancy?
            /// Why the model cannot judge the program.
            var objection: String?
        }

        /// Goes through the history.
        func run() async throws -> Result {
            let trial = try Trial(program, history)
            var result = Result()
            do {
                try await trial.run()
            } catch let discrepancy as Discrepancy {
                result.discrepancy = discrepancy
            } catch let invalid as InvalidProgram {
                result.objection = invalid.text
            }
            result.sessions = trial.sessions
            return result
        }
    }
}

extension Oracle.Case: CustomStringConvertible {
    /// The program and the history, one line for each task and step.
    var description: String {
        var lines = zip(program.tasks.indices, program.tasks).compactMap { task, code -> String? in
            code.isEmpty ? nil : "task \(task), modulo \(program.moduli[task]): \(code.map { "\($0)" })"
        }
        lines.append("files \((program.sources + program.generated).map(\.path)), at first \(history.contents)")
        lines.append("jobs \(history.jobs), keepGoing \(history.keepGoing)")
        for (index, step) in history.steps.enumerated() { lines.append("step \(index): \(step.edits), \(step.action)") }
        return lines.joined(separator: "\n").replacing("PIETests.Oracle.", with: "")
    }
}
