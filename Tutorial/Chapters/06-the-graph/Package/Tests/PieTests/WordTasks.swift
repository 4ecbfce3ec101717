import Pie

/// The number of words in a file.
struct CountWords: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int {
        try await context.readText(file)?.split(whereSeparator: \.isWhitespace).count ?? 0
    }
}

/// The number of words in all files of a list.
struct TotalWords: IncrementalTask {
    var list: File

    func execute(in context: some Context) async throws -> Int {
        var total = 0
        for name in try await context.readText(list)?.split(separator: "\n") ?? [] {
            total += try await context.require(CountWords(file: File(String(name))))
        }
        return total
    }
}
