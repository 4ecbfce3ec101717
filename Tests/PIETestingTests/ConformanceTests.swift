import PIE
import PIETesting
import Testing

/// What tasks, stampers, projections and resources promise.
@Suite struct ConformanceTests {
    private func kinds(_ problems: [ConformanceProblem]) -> [ConformanceProblem.Kind] { problems.map(\.kind) }

    // MARK: Tasks

    @Test func anOrdinaryTaskConforms() {
        expectConforming(WordCount("a"), equalTo: [WordCount("./a")], differentFrom: [WordCount("b")])
        expectConforming(
            Report(total: Total("a", "b"), output: "c"),
            differentFrom: [Report(total: Total(), output: "c")]
        )
    }

    @Test func aTaskWithASetConformsHoweverItIsFilled() {
        var grown = Set((0..<100).map(String.init))
        for number in 100..<1_000 { grown.insert("\(number)") }
        for number in 100..<1_000 { grown.remove("\(number)") }
        expectConforming(Tagged(tags: Set((0..<100).map(String.init))), equalTo: [Tagged(tags: grown)])
    }

    @Test func aTaskThatContainsOthersConformsWithTheirTypes() {
        let task = Boxing(task: AnyTask(WordCount("a")))
        expectConforming(task, differentFrom: [Boxing(task: AnyTask(Total("a")))], tasks: [WordCount.self, Total.self])
        #expect(kinds(Conformance.problems(of: task)) == [.decoding])
    }

    @Test func aHashOfMoreThanEqualityIsFound() {
        let problems = Conformance.problems(of: Loose(name: "a", note: "x"), equalTo: [Loose(name: "a", note: "y")])
        #expect(kinds(problems) == [.hash, .encoding])
        #expect(problems.first?.title == "equal tasks have different hashes")
    }

    @Test func anEqualityOfTooLittleIsFound() {
        let problems = Conformance.problems(
            of: Loose(name: "a", note: ""),
            differentFrom: [Loose(name: "a", note: "y")]
        )
        #expect(kinds(problems) == [.equality])
        #expect(problems.first?.details.map(\.label) == ["task", "other"])
    }

    @Test func anEqualityOfTooMuchIsFound() {
        #expect(kinds(Conformance.problems(of: WordCount("a"), equalTo: [WordCount("b")])) == [.equality])
    }

    @Test func aNumberThatIsNoneIsFound() {
        let problems = Conformance.problems(of: Scaled(factor: .nan))
        #expect(kinds(problems) == [.equality])
        #expect(problems.first?.title == "a task is not equal to itself")
    }

    @Test func anEncodingThatLeavesSomethingOutIsFound() {
        let problems = Conformance.problems(
            of: Forgetful(name: "a", size: 1),
            differentFrom: [Forgetful(name: "a", size: 2)]
        )
        #expect(kinds(problems) == [.decoding, .encoding])
    }

    @Test func anEncodingThatThrowsIsFound() {
        #expect(kinds(Conformance.problems(of: Unencodable(name: "a"))) == [.encoding])
    }

    @Test func anOutputThatIsNotItselfIsFound() {
        #expect(Conformance.problems(ofOutput: ["a": 1, "b": 2]).isEmpty)
        #expect(kinds(Conformance.problems(ofOutput: Double.nan)) == [.equality])
        // An array is equal to itself without a look at its elements, and not to its copy.
        #expect(kinds(Conformance.problems(ofOutput: [1, Double.nan])) == [.decoding])
    }

    @Test func theIssueNamesTheProblemAtTheLineOfTheTest() {
        let line = #line + 2
        withKnownIssue {
            expectConforming(Loose(name: "a", note: "x"), differentFrom: [Loose(name: "a", note: "y")])
        } matching: { issue in
            issue.sourceLocation?.line == line
                && issue.comments.first?.rawValue == """
                    two tasks that should differ are equal
                      task   Loose(name: "a", note: "x")
                      other  Loose(name: "a", note: "y")
                      hint: equal tasks count as one and the same; let == compare every property that matters
                    """
        }
    }

    // MARK: Types

    @Test func typesWithNamesOfTheirOwnConform() async throws {
        let build = try Build(["a": "one"])
        try await build.require(Total("a"))
        expectConforming(types: [WordCount.self, Total.self], covering: build.log)
    }

    @Test func aTypeThatIsMissingIsFound() async throws {
        let build = try Build(["a": "one"])
        try await build.require(Total("a"))
        let problems = Conformance.problems(ofTypes: [Total.self], covering: build.log)
        #expect(kinds(problems) == [.typeIdentifier])
        #expect(problems.first?.details.last?.value == "WordCount(a)")
    }

    @Test func aNameThatIsAnothersIsFound() {
        #expect(kinds(Conformance.problems(ofTypes: [WordCount.self, Impostor.self])) == [.typeIdentifier])
    }

    @Test func aNameThatIsNotStableIsFound() {
        #expect(kinds(Conformance.problems(of: Unnamed())) == [.typeIdentifier])
    }

    // MARK: Stampers and projections

    @Test func aStamperThatLooksAtTheOutputAloneConforms() {
        expectConforming(Length(), on: ["", "one", "two", "three"], equalTo: [Length()])
        expectConforming(EqualStamper<[String: Int]>(), on: [[:], ["a": 1, "b": 2]])
    }

    @Test func aStamperThatCountsItsCallsIsFound() {
        let problems = Conformance.problems(of: Counting(), on: ["one"])
        #expect(kinds(problems) == [.reduction])
        #expect(problems.first?.title == "a stamper gives different stamps for equal outputs")
    }

    @Test func aStampThatIsNotItselfIsFound() {
        #expect(kinds(Conformance.problems(of: Average(), on: [[]])).contains(.equality))
    }

    @Test func aProjectionConforms() {
        expectConforming(First(count: 1), on: [["a", "b"], ["a"]], differentFrom: [First(count: 2)])
    }

    @Test func aProjectionInTheOrderOfASetIsFound() {
        let words = (0..<1_000).map(String.init)
        withKnownIssue {
            expectConforming(Unsorted(), on: [Set(words), Set(words.reversed())])
        } matching: { issue in
            issue.comments.first?.rawValue.hasPrefix("a projection gives different parts for equal outputs") ?? false
        }
    }

    // MARK: Resources

    @Test func builtInResourcesConform() async throws {
        let build = try Build(["a": "one", "folder/b": "two"])
        try await expectConforming(File("a"), in: build.pie, equalTo: ["./a"], differentFrom: ["b"]) {
            try build.workspace.write("two", to: "a")
        }
        try await expectConforming(DirectoryListing("folder"), in: build.pie, differentFrom: [DirectoryListing(".")]) {
            try build.workspace.write("", to: "folder/c")
        }
        let input = Input<Int>("level", default: 1)
        try await expectConforming(input, in: build.pie) { build.pie.set(input, to: 2) }
    }

    @Test(arguments: [Clock.Fault.timeInStamp, .timeInLoad, .blindStamp, .unavailable])
    fileprivate func aResourceWithAFaultIsFound(_ fault: Clock.Fault) async throws {
        let build = try Build([:])
        let problems = try await Conformance.problems(of: Clock(fault: fault), in: build.pie)
        #expect(!problems.isEmpty && Set(problems.map(\.kind)) == [.stamp])
    }

    @Test func aStampThatDoesNotChangeIsFound() async throws {
        let build = try Build(["a": "one"])
        let problems = try await Conformance.problems(of: Presence(file: "a"), in: build.pie) {
            try build.workspace.write("two", to: "a")
        }
        #expect(problems.map(\.title) == ["a resource has the same stamp after a change"])
    }
}

// MARK: - What conforms

private struct Tagged: IncrementalTask {
    static let typeIdentifier = "Tagged"
    var tags: Set<String>

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Boxing: IncrementalTask {
    static let typeIdentifier = "Boxing"
    var task: AnyTask

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Length: OutputStamper {
    func stamp(_ output: String) -> Int { output.utf8.count }
}

private struct First: Projection {
    var count: Int

    func project(_ output: [String]) -> [String] { Array(output.prefix(count)) }
}

// MARK: - What does not

/// Equal by its name, hashed and encoded with its note.
private struct Loose: IncrementalTask {
    static let typeIdentifier = "Loose"
    var name: String
    var note: String

    static func == (one: Loose, other: Loose) -> Bool { one.name == other.name }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(note)
    }

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Scaled: IncrementalTask {
    static let typeIdentifier = "Scaled"
    var factor: Double

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

/// Encoded without its size.
private struct Forgetful: IncrementalTask {
    static let typeIdentifier = "Forgetful"
    var name: String
    var size = 0

    private enum CodingKeys: CodingKey {
        case name
    }

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Unencodable: IncrementalTask {
    static let typeIdentifier = "Unencodable"
    var name: String

    func encode(to encoder: any Encoder) throws { throw BadWord() }

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Impostor: IncrementalTask {
    static let typeIdentifier = WordCount.typeIdentifier

    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Unnamed: IncrementalTask {
    func execute(in context: some Context) async throws -> NoOutput { NoOutput() }
}

private struct Counting: OutputStamper {
    func stamp(_ output: String) -> UInt64 { .random(in: .min ... .max) }
}

private struct Average: OutputStamper {
    func stamp(_ output: [Double]) -> Double { output.reduce(0, +) / Double(output.count) }
}

private struct Unsorted: Projection {
    func project(_ output: Set<String>) -> [String] { Array(output) }
}

private struct Clock: Resource {
    enum Fault: Codable, Sendable {
        case timeInStamp
        case timeInLoad
        case blindStamp
        case unavailable
    }

    var fault: Fault

    func load(in scope: ResourceScope) async throws -> (UInt64, UInt64) {
        let time = UInt64.random(in: .min ... .max)
        switch fault {
        case .timeInStamp: return (0, 0)
        case .timeInLoad: return (0, time)
        case .blindStamp: return (time, 0)
        case .unavailable: throw BadWord()
        }
    }

    func stamp(in scope: ResourceScope) async throws -> UInt64 { fault == .timeInStamp ? .random(in: 1 ... .max) : 0 }
}

private struct Presence: Resource {
    var file: File

    func load(in scope: ResourceScope) async throws -> (Bool, Bool) {
        let isThere = try await file.load(in: scope).0 != nil
        return (isThere, isThere)
    }

    func stamp(in scope: ResourceScope) async throws -> Bool { try await load(in: scope).1 }
}
