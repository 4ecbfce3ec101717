import Pie
import Testing

private struct Report: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        let title = try await context.readText("title.txt") ?? ""
        let total = try await context.require(TotalWords(list: "list.txt"))
        return "\(title): \(total) words"
    }
}

@Test func aReportIsNotMadeAnewWithoutNeed() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("Fruit", to: "title.txt")
    try folder.write("a.txt\nb.txt\n", to: "list.txt")
    try folder.write("apple", to: "a.txt")
    try folder.write("pear plum", to: "b.txt")
    let log = EventLog()
    let pie = Pie(root: folder.path, trackers: [log])
    #expect(try await pie.session { try await $0.require(Report()) } == "Fruit: 3 words")

    try folder.write("My fruit", to: "title.txt")
    #expect(try await pie.session { try await $0.require(Report()) } == "My fruit: 3 words")
    _ = log.takeExecuted()

    // The plum goes to the apple.
    try folder.write("apple plum", to: "a.txt")
    try folder.write("pear", to: "b.txt")
    #expect(try await pie.session { try await $0.require(Report()) } == "My fruit: 3 words")
    let (total, a, b) = (TotalWords(list: "list.txt"), CountWords(file: "a.txt"), CountWords(file: "b.txt"))
    #expect(log.takeExecuted() == boxed(a, total, b))
}
