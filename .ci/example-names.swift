// Names that examples in documentation comments take for granted; compiled with them by .ci/docs.
import PIE

struct WordCount: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int { 0 }
}

struct ParsedFile: Hashable, Codable {
    var imports: [String]
}

struct Parse: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> ParsedFile { ParsedFile(imports: []) }
}

let file: File = "a.txt"

func currentHostName() -> String { "" }
