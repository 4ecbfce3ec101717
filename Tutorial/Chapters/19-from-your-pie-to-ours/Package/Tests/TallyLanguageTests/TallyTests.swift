import Foundation
import Pie
import Testing

@testable import TallyLanguage

/// A folder with programs, and a PIE that looks at them.
struct Desk {
    let path = FileManager.default.temporaryDirectory.appending(path: "tally-\(UUID().uuidString)").path
    let log = EventLog()
    let pie: Pie

    init(_ programs: [String: String]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        pie = Pie(root: path, trackers: [log])
        for (name, text) in programs { try write(text, to: name) }
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func report(on name: String) async throws -> [String] {
        try await pie.session { try await $0.require(Report(file: File(name))) }
    }

    /// The names that were evaluated since this was last asked.
    func evaluated() -> [String] {
        log.takeExecuted().compactMap { ($0.base as? Evaluate)?.name }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

private let shop = """
    use prices.tally
    apples = 6
    pears = 4
    fruit = apples * apple + pears * pear
    bag = 0.2
    total = fruit + bag
    """

@Test func eachLineHasAValue() async throws {
    let desk = try Desk(["shop.tally": shop, "prices.tally": "apple = 0.5\npear = 0.75"])
    defer { desk.remove() }
    #expect(try await desk.report(on: "shop.tally") == ["", "= 6.0", "= 4.0", "= 6.0", "= 0.2", "= 6.2"])
}

@Test func mistakesAreReportedWhereTheyAre() async throws {
    let desk = try Desk([
        "a.tally": "use b.tally\na = 1 +\nc = d\nd = 2\nd = 3\ne = 1 / (2 - d)\nf = x\n1 = 1"
    ])
    defer { desk.remove() }
    #expect(
        try await desk.report(on: "a.tally") == [
            "! there is no b.tally", "! something is missing at the end", "! d is not defined above", "= 2.0",
            "! d is defined twice", "! cannot divide by 0", "! x is not defined", "! expected a name",
        ]
    )
}

@Test func onlyWhatAnEditAffectsIsEvaluated() async throws {
    let desk = try Desk(["shop.tally": shop, "prices.tally": "apple = 0.5\npear = 0.75"])
    defer { desk.remove() }
    _ = try await desk.report(on: "shop.tally")
    #expect(Set(desk.evaluated()) == ["apples", "apple", "pears", "pear", "fruit", "bag", "total"])

    // A remark and an empty line: every line moves, no value does.
    try desk.write("# Saturday\n\n" + shop, to: "shop.tally")
    _ = try await desk.report(on: "shop.tally")
    #expect(desk.evaluated() == [])

    // Another price.
    try desk.write("apple = 0.6\npear = 0.75", to: "prices.tally")
    _ = try await desk.report(on: "shop.tally")
    #expect(Set(desk.evaluated()) == ["apple", "fruit", "total"])

    // Another way to say the same.
    try desk.write(shop.replacing("bag = 0.2", with: "bag = 0.1 * 2"), to: "shop.tally")
    _ = try await desk.report(on: "shop.tally")
    #expect(desk.evaluated() == ["bag"])
}
