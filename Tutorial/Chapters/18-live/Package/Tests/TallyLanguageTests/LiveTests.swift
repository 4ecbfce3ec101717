import Pie
import Testing

@testable import TallyLanguage

@Test func eachKeyStrokeEvaluatesWhatItAffects() async throws {
    let desk = try Desk(["shop.tally": "on disk = 1", "prices.tally": "apple = 0.5"])
    defer { desk.remove() }
    let program = LiveProgram(file: "shop.tally", root: desk.path, trackers: [desk.log])
    func type(_ text: String) async throws -> ([String], [String]) {
        (try await program.report(on: text), desk.evaluated())
    }

    var (report, evaluated) = try await type("use prices.tally\na = 6\nb = a * apple\nc = 3")
    #expect(report == ["", "= 6.0", "= 3.0", "= 3.0"])
    #expect(Set(evaluated) == ["a", "b", "c", "apple"])

    (report, evaluated) = try await type("use prices.tally\na = 60\nb = a * apple\nc = 3")
    #expect(report == ["", "= 60.0", "= 30.0", "= 3.0"])
    #expect(evaluated == ["a", "b"])

    // In the middle of an edit a line makes no sense; the others go on.
    (report, evaluated) = try await type("use prices.tally\na = 60\nb = a * apple\nc = 3 +")
    #expect(report == ["", "= 60.0", "= 30.0", "! something is missing at the end"])
    // Affected, though no longer needed.
    #expect(evaluated == ["c"])

    (report, evaluated) = try await type("use prices.tally\na = 60 # apples\nb = a * apple\nc = 3")
    #expect(report == ["", "= 60.0", "= 30.0", "= 3.0"])
    #expect(evaluated == ["c"])
}
