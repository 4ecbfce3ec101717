import PIE
import PIETesting
import ProtoLanguage
import Testing

/// Letting go of what a later check does not need any more.
@Suite struct RootRecorderTests {
    @Test func whatIsNotRequiredAgainIsNotKeptUpToDate() async throws {
        let workspace = try TemporaryWorkspace(["a.proto": "syntax = \"proto3\";", "b.proto": "syntax = \"proto3\";"])
        let pie = try Pie(root: workspace.root)
        let (a, b) = (ParseFile(.file("a.proto")), ParseFile(.file("b.proto")))
        let before = try await pie.session { session in
            let recorder = RootRecorder(session)
            try await recorder.require(all: [a, b])
            return recorder.roots
        }
        let after = try await pie.session { session in
            let recorder = RootRecorder(session)
            _ = try await recorder.require(a)
            return recorder.roots
        }
        #expect(before.unobserve(unlessIn: after, of: pie))
        #expect(try await pie.collectGarbage(deletingProvidedFiles: false).forgottenTasks == [AnyTask(b)])
        #expect(pie.lastOutput(of: a) != nil)
        #expect(!after.unobserve(unlessIn: after, of: pie))
    }
}
