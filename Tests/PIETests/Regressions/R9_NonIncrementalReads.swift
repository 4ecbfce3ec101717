// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R9_NonIncrementalReads {
    struct ReadTwice: IncrementalTask {
        func execute(in context: some Context) async throws -> [String?] {
            [try await context.readText("a", stamper: .exists), try await context.readText("missing")]
        }
    }

    @Test func R9_a_run_from_scratch_reads_files() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one", to: "a")
        #expect(try await NonIncrementalContext(root: folder.root).require(ReadTwice()) == ["one", nil])
    }
}
