// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R17_OwnFiles {
    /// Found by the oracle: the buffer was ignored as one over a provided file, and from scratch it is not.
    @Test(arguments: [1, 4]) func R17_whoReadsWhatItProvidedBeforeSeesTheBuffer(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "writes")
        let script = Play([
            "task": { context, _ in
                if try await context.number(in: "writes") == 0 { return try await context.number(in: "file") }
                try await context.write("7", to: "file")
                return 0
            }
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        #expect(try await pie.session { try await $0.require(script["task"]) } == 0)
        pie.setContents(Array("5".utf8), of: "file")
        try folder.write("0", to: "writes")
        #expect(try await pie.session { try await $0.require(script["task"]) } == 5)
        #expect(try await NonIncrementalContext(of: pie).require(script["task"]) == 5)
        pie.setContents(nil, of: "file")
        #expect(try await pie.session { try await $0.require(script["task"]) } == 7)
    }
}
