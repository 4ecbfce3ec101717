import FoundationEssentials
import PIE
import ProtoLanguage
import Testing

/// What `protocheck inspect` prints.
@Suite struct InspectCommandTests {
    private static let files = StoreCommandTests.files

    /// The fields of the JSON, as the help describes them.
    private struct Inspection: Decodable {
        struct File: Decodable {
            var name: String
            var kind: String
            var bytes: Int
        }

        struct TaskType: Decodable {
            var type: String
            var versions: [Int]
            var count: Int
            var withOutput: Int
            var keyBytes: Int
            var recordBytes: Int
            var outputBytes: Int
        }

        struct ResourceType: Decodable {
            var type: String
            var count: Int
            var bytes: Int
        }

        struct Session: Decodable {
            var session: Int
            var executed: Int
        }

        struct Execution: Decodable {
            var task: String
            var type: String
            var session: Int
            var reason: String
            var target: String?
            var text: String
        }

        var format: Int
        var store: String
        var identifier: String
        var generation: Int
        var complete: Bool
        var problems: [String]
        var files: [File]
        var tasks: [TaskType]
        var resources: [ResourceType]
        var dependencies: Int
        var waiting: Int
        var lastSession: Int
        var sessions: [Session]
        var executions: [Execution]

        init(of workspace: Workspace) async throws {
            let text = await StoredRun(command: "inspect", "--json", in: workspace).output
            self = try JSONDecoder().decode(Inspection.self, from: Data(text.utf8))
        }
    }

    @Test func tasksAndResourcesAreCountedByType() async throws {
        let workspace = try Workspace(Self.files)
        let run = await StoredRun(in: workspace)
        let inspection = try await Inspection(of: workspace)
        #expect(inspection.format == 1)
        #expect(inspection.store == workspace.store)
        #expect(inspection.identifier.count == 32)
        #expect(inspection.complete && inspection.problems == [] && inspection.waiting == 0)
        #expect(inspection.tasks.reduce(0) { $0 + $1.count } == run.executed)
        let parse = try #require(inspection.tasks.first { $0.type == "ProtoLanguage.ParseFile" })
        #expect(parse.count == 3 && parse.withOutput == 3 && parse.versions == [ParseFile.version])
        #expect(parse.keyBytes > 0 && parse.recordBytes > 0 && parse.outputBytes > 0)
        #expect(inspection.resources.first { $0.type == "PIE.File" }?.count == 3)
        #expect(inspection.dependencies > 10)
        #expect(inspection.executions.count == run.executed)
        #expect(inspection.executions.allSatisfy { $0.reason == "new" && $0.target == nil })
    }

    @Test func theLatestExecutionsAndTheirReasonsComeFirst() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        let before = try await Inspection(of: workspace)
        try workspace.write((Self.files["base.proto"] ?? "").replacing("int32", with: "int64"), to: "base.proto")
        _ = await StoredRun(in: workspace)
        let inspection = try await Inspection(of: workspace)
        let path = workspace.path + "/base.proto"
        #expect(inspection.lastSession > before.lastSession)
        #expect(inspection.sessions.map(\.session) == [inspection.lastSession, before.lastSession])
        #expect(inspection.sessions.first?.executed == 2)
        let latest = inspection.executions.prefix(2)
        #expect(latest.map(\.task) == ["CheckFile(\(path))", "ParseFile(\(path))"])
        #expect(latest.map(\.reason) == ["task", "file"])
        #expect(latest.map(\.target) == ["ParseFile(\(path))", path])
        let text = await StoredRun(command: "inspect", in: workspace).output
        #expect(text.contains("\n  ParseFile(\(path)): the file \(path) changed\n"))
        #expect(text.contains("\n  session \(inspection.lastSession)  2 tasks\n"))
    }

    @Test func theTextIsTheSameEachTimeAndNamesTheFiles() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        let first = await StoredRun(command: "inspect", in: workspace)
        #expect(first.status == .noMistakes)
        #expect(first.errors == "")
        #expect(first.output == (await StoredRun(command: "inspect", in: workspace)).output)
        for file in try #require(try StoreFiles(at: workspace.store)).files {
            #expect(first.output.contains("\n\(file.name) "))
        }
        let lines = first.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("ProtoLanguage.CheckFile ") })
        #expect(lines.contains { $0.hasPrefix("all ") })
    }

    @Test func theGraphIsThatOfTheBuild() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        let dot = await StoredRun(command: "inspect", "--dot", in: workspace).output
        #expect(dot.hasPrefix("digraph dependencies {"))
        let pie = try Pie(
            store: .directory(workspace.store, .readOnly),
            tasks: TaskTypes.tasks,
            projections: TaskTypes.projections
        )
        let graph = pie.graph()
        let inspected = try StoreContents(of: #require(try StoreFiles(at: workspace.store)), tasks: TaskTypes.tasks)
            .graph()
        #expect(inspected.nodes == graph.nodes)
        #expect(inspected.edges == graph.edges)
    }

    @Test func whatIsDamagedIsNamedAndLeftAsItIs() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        var bytes = try workspace.readBytes(".protocheck/journal-0")
        bytes[bytes.count / 2] ^= 1
        try workspace.write(bytes, to: ".protocheck/journal-0")
        let before = try workspace.storeFiles()
        let inspection = try await Inspection(of: workspace)
        #expect(inspection.problems.contains { $0.hasPrefix("\(workspace.store)/journal-0: ") })
        #expect(try workspace.storeFiles() == before)
    }

    @Test func withoutAStoreThereIsNothingToInspect() async throws {
        let workspace = try Workspace()
        let run = await StoredRun(command: "inspect", in: workspace)
        #expect(run.status == .wrongUsage)
        #expect(run.errors.hasPrefix("Error: There is no store in '\(workspace.store)'."))
    }
}
