import PIE
import Testing

@Suite struct CaseSourceTests {
    @Test func valuesArePrintedAsSwiftWouldHaveThem() {
        let code: [Oracle.Instruction] = [
            .read("s1", .content), .require(2, .projected(3)), .all([1, 2], isBoxed: true), .branch([.previous], []),
            .variable(1),
        ]
        #expect(
            Oracle.source(of: code)
                == """
                [.read("s1", .content), .require(2, .projected(3)), .all([1, 2], isBoxed: true), \
                .branch([.previous], []), .variable(1)]
                """
        )
        let step = Oracle.Step(
            edits: [.buffer(0, nil), .write(1, 2), .variable(0, nil)],
            action: .superseded(
                .update(.exactly, requiringAll: true),
                at: 3,
                edits: [],
                by: .collectGarbage(deleting: false)
            ),
            comparesFromScratch: true
        )
        #expect(
            Oracle.source(of: step)
                == """
                .init(edits: [.buffer(0, nil), .write(1, 2), .variable(0, nil)], \
                action: .superseded(.update(.exactly, requiringAll: true), \
                at: 3, edits: [], by: .collectGarbage(deleting: false)), comparesFromScratch: true, kill: nil)
                """
        )
    }

    /// What `Oracle.Case.source` prints, compiled.
    @Test func aPrintedTestRuns() async throws {
        let program = Oracle.Program(
            tasks: [[.read("s1", .content)], [.require(0, .field), .write("generated/g0")]],
            moduli: [100, 100],
            sources: ["listed/a0", "s1"],
            generated: ["generated/g0"],
            isCareless: false
        )
        let history = Oracle.History(
            jobs: 1,
            keepGoing: false,
            contents: [nil, 3],
            steps: [
                .init(edits: [], action: .require([1], .oneByOne), comparesFromScratch: true, kill: nil),
                .init(
                    edits: [.write(1, 4)],
                    action: .update(.exactly, requiringAll: true),
                    comparesFromScratch: true,
                    kill: nil
                ),
            ]
        )
        let sample = Oracle.Case(program: program, history: history)
        let result = try await Oracle.$life.withValue(.folding) { try await sample.run() }
        #expect(result.discrepancy == nil)
        #expect(result.sessions > 2)
        #expect(sample.source(seed: 7, .folding).contains(".init(edits: [.write(1, 4)], action: .update(.exactly, "))
    }
}
