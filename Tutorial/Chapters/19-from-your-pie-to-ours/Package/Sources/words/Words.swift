import Pie

/// The number of words in a file.
struct CountWords: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int {
        try await context.readText(file)?.split(whereSeparator: \.isWhitespace).count ?? 0
    }
}

/// The number of words in all texts of a list, and of the lists that it names.
struct TotalWords: IncrementalTask {
    var list: File

    func execute(in context: some Context) async throws -> Int {
        var total = 0
        for name in try await context.readText(list)?.split(separator: "\n") ?? [] {
            let file = File("texts/\(name)")
            if name.hasSuffix(".list") {
                total += try await context.require(TotalWords(list: file))
            } else {
                total += try await context.require(CountWords(file: file))
            }
        }
        return total
    }
}

@main
struct Words {
    /// Counts, and counts again after each line of input.
    static func main() async throws {
        let list = CommandLine.arguments.dropFirst().first ?? "list.txt"
        let pie = try Pie(
            store: ".words.json",
            tasks: [CountWords.self, TotalWords.self],
            trackers: [ConsoleTracker()]
        )
        repeat {
            do {
                let total = try await pie.session { try await $0.require(TotalWords(list: File("texts/\(list)"))) }
                print("\(total) words")
            } catch {
                print("error: \(error)")
            }
        } while readLine() != nil
        try pie.save()
    }
}
