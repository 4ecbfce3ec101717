import ProtoLanguage
import Testing

/// What `protocheck graph` prints.
@Suite struct GraphCommandTests {
    /// A chain of imports with a file beside it.
    private static let files = [
        "a.proto": "import \"sub/b.proto\"; message A { optional B b = 1; }",
        "sub/b.proto": "import \"c.proto\"; message B { optional C c = 1; }",
        "c.proto": "message C {}",
        "alone.proto": "import \"google/protobuf/any.proto\"; message D { optional google.protobuf.Any a = 1; }",
    ]

    /// The labels of the nodes that were printed, and the labels at both ends of each edge.
    private struct Drawing {
        var status: CheckCommand.Status
        var text: String
        var errors: String
        var nodes: [String] = []
        var edges: [String] = []

        init(_ arguments: String..., in workspace: Workspace) async {
            let output = RecordedOutput()
            let paths = ["--no-store", "-I", workspace.path, workspace.path]
            status = await CheckCommand.run(["graph"] + arguments + paths, output: output.asCommandOutput)
            (text, errors) = output.take()
            var names: [Substring: String] = [:]
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 1)
                guard words.count == 2, words[0].hasPrefix("n"), words[0] != "node" else { continue }
                if words[1].hasPrefix("[label=") {
                    let name = Self.value(of: "tooltip", in: words[1]).replacing(workspace.path + "/", with: "")
                    names[words[0]] = name
                    nodes.append(name)
                } else {
                    let target = words[1].dropFirst(3).prefix { $0.isLetter || $0.isNumber }
                    edges.append("\(names[words[0]] ?? "") -> \(names[target] ?? "")")
                }
            }
        }

        private static func value(of attribute: String, in text: Substring) -> String {
            let parts = text.split(separator: attribute + "=\"", maxSplits: 1)
            return parts.count < 2 ? "" : String(parts[1].prefix { $0 != "\"" })
        }
    }

    @Test func tasksAreDrawnInTheFramesOfTheirFiles() async throws {
        let workspace = try Workspace(Self.files)
        let drawing = await Drawing(in: workspace)
        #expect(drawing.status == .noMistakes)
        #expect(drawing.errors == "")
        #expect(drawing.nodes.count == 4 * 5 + 3)
        #expect(drawing.edges.contains("CheckFile(a.proto) -> CollectNames(sub/b.proto)"))
        #expect(drawing.edges.contains("ParseFile(a.proto) -> a.proto"))
        #expect(drawing.text.ranges(of: "subgraph").count == 4 + 1)
        #expect(drawing.text.contains("label=\"NamesAmong("))
    }

    @Test func theSameSourcesGiveTheSameText() async throws {
        let workspace = try Workspace(Self.files)
        #expect(await Drawing("-j1", "--all", in: workspace).text == Drawing("-j4", "--all", in: workspace).text)
    }

    @Test func filesAloneDependOnWhatTheirTasksUse() async throws {
        let workspace = try Workspace(Self.files)
        let drawing = await Drawing("--files-only", in: workspace)
        #expect(
            drawing.nodes == [
                "(built in)/google/protobuf/any.proto", "a.proto", "alone.proto", "c.proto", "sub/b.proto",
            ]
        )
        #expect(
            drawing.edges == [
                "a.proto -> sub/b.proto", "alone.proto -> (built in)/google/protobuf/any.proto",
                "sub/b.proto -> c.proto",
            ]
        )
    }

    @Test func namesAreWrittenWithoutTheFolderThatAllFilesLieIn() async throws {
        let workspace = try Workspace(Self.files)
        let files = await Drawing("--files-only", in: workspace)
        for name in ["a.proto", "sub/b.proto"] { #expect(files.text.contains("[label=\"\(name)\"")) }
        let tasks = await Drawing(in: workspace)
        for name in ["a.proto", "sub/b.proto"] { #expect(tasks.text.contains("        label=\"\(name)\";")) }
    }

    @Test func aroundAFileItsNeighboursAreShown() async throws {
        let workspace = try Workspace(Self.files)
        let near = await Drawing("--files-only", "--around", "c.proto", in: workspace)
        #expect(near.nodes == ["c.proto", "sub/b.proto"])
        let far = await Drawing("--files-only", "--around=c.proto", "--depth=2", in: workspace)
        #expect(far.nodes == ["a.proto", "c.proto", "sub/b.proto"])
        let tasks = await Drawing("--around", "sub/b.proto", "--depth", "0", in: workspace)
        #expect(tasks.nodes.count == 5)
        #expect(tasks.nodes.allSatisfy { $0.contains("sub/b.proto") })
    }

    @Test func tasksOfOtherTypesAreLedPast() async throws {
        let workspace = try Workspace(Self.files)
        let drawing = await Drawing("--type", "CheckFile,ReadHeader", "--around", "a.proto", in: workspace)
        #expect(
            drawing.nodes == [
                "CheckFile(a.proto)", "ReadHeader(a.proto)", "a.proto",
                "CheckFile(sub/b.proto)", "ReadHeader(sub/b.proto)", "sub/b.proto",
            ]
        )
        #expect(drawing.edges.contains("CheckFile(a.proto) -> ReadHeader(sub/b.proto)"))
        #expect(drawing.edges.contains("CheckFile(a.proto) -> a.proto"))
    }

    @Test func whatIsNotThereIsNamed() async throws {
        let workspace = try Workspace(Self.files)
        let file = await Drawing("--around", "none.proto", in: workspace)
        #expect(file.status == .wrongUsage)
        #expect(file.errors.hasPrefix("Error: 'none.proto' is none of the files that were checked."))
        let type = await Drawing("--type", "Check", in: workspace)
        #expect(type.status == .wrongUsage)
        #expect(type.errors.hasPrefix("Error: There are no tasks of type 'Check', but of these: CheckFile, "))
        #expect(type.text == "")
    }
}
