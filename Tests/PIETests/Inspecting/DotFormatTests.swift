import PIE
import Testing

@Suite struct DotFormatTests {
    private func graph() async throws -> DependencyGraph {
        let world = try World(["a": "1"])
        let leaf = Job("leaf", .read("a"))
        try await world.require(Job("root", .first(leaf), .write("x", "out")))
        return world.pie.graph()
    }

    @Test func aGraphIsWrittenNodeByNodeAndEdgeByEdge() async throws {
        let lines = DotFormat().text(of: try await graph()).split(separator: "\n").map { $0.trimming(" ") }
        #expect(lines.first == "digraph dependencies {")
        #expect(lines.last == "}")
        let job = "shape=box, style=\"filled,rounded\", fillcolor=\"#d9ead3\""
        let file = "shape=note, style=\"filled\", fillcolor=\"#cfe2f3\""
        #expect(
            lines.filter { $0.hasPrefix("n") && !$0.hasPrefix("node") } == [
                "n0 [label=\"leaf\", tooltip=\"leaf\", \(job)];",
                "n1 [label=\"root\", tooltip=\"root\", \(job)];",
                "n2 [label=\"a\", tooltip=\"a\", \(file)];",
                "n3 [label=\"out\", tooltip=\"out\", \(file)];",
                "n0 -> n2 [label=\"content\", edgetooltip=\"content\", style=dashed];",
                "n1 -> n0 [label=\"FirstWord()\", edgetooltip=\"FirstWord()\"];",
                "n1 -> n3 [dir=back, color=\"#bb5522\"];",
            ]
        )
    }

    @Test func clustersHoldTheNodesOfATitle() async throws {
        var format = DotFormat()
        format.cluster = { node in if case .file = node.subject { "files" } else { nil } }
        let lines = format.text(of: try await graph()).split(separator: "\n").map { $0.trimming(" ") }
        let start = try #require(lines.firstIndex(of: "subgraph cluster_0 {"))
        #expect(lines[start + 1] == "label=\"files\";")
        #expect(lines[start + 3].hasPrefix("n2 ["))
        #expect(lines[start + 4].hasPrefix("n3 ["))
        #expect(lines[start + 5] == "}")
    }

    @Test func quotesAndLineBreaksInNamesAreEscaped() async throws {
        var format = DotFormat()
        format.label = { _ in "a \"b\" \\\nc" }
        #expect(format.text(of: try await graph()).contains(#"label="a \"b\" \\\nc", tooltip="leaf""#))
    }

    @Test(arguments: [(9, "abcdefghi"), (8, "abcd…ghi"), (3, "a…i"), (0, "a…i")])
    func theMiddleOfALongLabelIsLeftOut(length: Int, expected: String) async throws {
        var format = DotFormat()
        format.labelLength = length
        format.label = { _ in "abcdefghi" }
        #expect(format.text(of: try await graph()).contains("n0 [label=\"\(expected)\""))
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        String(drop { $0 == character })
    }
}
