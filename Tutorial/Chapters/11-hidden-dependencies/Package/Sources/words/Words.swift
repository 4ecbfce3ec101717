import Pie

/// The number of words in a file.
struct CountWords: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int {
        try await context.readText(file)?.split(whereSeparator: \.isWhitespace).count ?? 0
    }
}

/// The number of words in all texts of the list.
struct TotalWords: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        var total = 0
        for name in try await context.readText("texts/list.txt")?.split(separator: "\n") ?? [] {
            total += try await context.require(CountWords(file: File("texts/\(name)")))
        }
        return total
    }
}

@main
struct Words {
    /// Counts, and counts again after each line of input.
    static func main() async throws {
        let pie = Pie(trackers: [ConsoleTracker()])
        repeat {
            let total = try await pie.session { try await $0.require(TotalWords()) }
            print("\(total) words")
        } while readLine() != nil
    }
}
