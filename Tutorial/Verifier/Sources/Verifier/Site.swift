import Foundation

/// The chapters as a documentation catalog, from which `docc` makes a site.
public enum Site {
    /// Writes the catalog.
    ///
    /// - Parameters:
    ///   - tutorial: The tutorial's folder.
    ///   - catalog: The folder to write, whose name ends in `.docc`.
    /// - Throws: If a file cannot be read or written.
    public static func write(_ tutorial: URL, to catalog: URL) throws {
        try FileManager.default.createDirectory(at: catalog, withIntermediateDirectories: true)
        let chapters = try Chapter.all(in: tutorial)
        for chapter in chapters {
            let prose = try String(contentsOf: chapter.prose, encoding: .utf8)
            try article(prose, of: chapter.name).write(
                to: catalog.appending(path: "\(chapter.name).md"),
                atomically: true,
                encoding: .utf8
            )
            guard let file = chapter.solutions else { continue }
            let solutions = try String(contentsOf: file, encoding: .utf8)
            try article(solutions, of: chapter.name).write(
                to: catalog.appending(path: "\(chapter.name)-solutions.md"),
                atomically: true,
                encoding: .utf8
            )
        }
        try root(chapters).write(to: catalog.appending(path: "Tutorial.md"), atomically: true, encoding: .utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: tutorial.appending(path: "Diagrams").path) {
            let data = try Data(contentsOf: tutorial.appending(path: "Diagrams/\(name)"))
            try data.write(to: catalog.appending(path: name))
        }
    }

    /// A chapter as an article.
    ///
    /// - Parameters:
    ///   - markdown: The chapter, or its solutions.
    ///   - name: The name of the chapter's folder.
    /// - Returns: The article: the same text with links, pictures, boxes and blocks as `docc` has them.
    public static func article(_ markdown: String, of name: String) -> String {
        var isInBlock = false
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            if line.hasPrefix("```") {
                isInBlock.toggle()
                let language = line.dropFirst(3).prefix { $0 != " " }
                return "```" + (language == "console" ? "shell" : language)
            }
            return isInBlock ? String(line) : prose(line, of: name)
        }
        return lines.joined(separator: "\n")
    }

    private static func prose(_ line: Substring, of name: String) -> String {
        String(line)
            .replacing(#/\[[^\]]*\]\(\.\./([^/)]+)/README\.md\)/#) { "<doc:\($0.1)>" }
            .replacing("[Solutions.md](Solutions.md)", with: "<doc:\(name)-solutions>")
            .replacing(#/!\[([^\]]*)\]\(\.\./\.\./Diagrams/([^)]+)\)/#) { "![\($0.1)](\($0.2))" }
            .replacing(#/\[([^\]]*)\]\(\.\./\.\./\.\./[^)]+\)/#) { "\($0.1)" }
            .replacing(#/^> \*\*Concept: /#) { _ in "> Concept: **" }
            .replacing(#/^> \*\*Swift help: /#) { _ in "> Tip: **Swift help: " }
    }

    private static func root(_ chapters: [Chapter]) -> String {
        let topics = chapters.map { "- <doc:\($0.name)>\n" }.joined()
        let solutions = chapters.filter { $0.solutions != nil }.map { "- <doc:\($0.name)-solutions>\n" }.joined()
        return """
            # Build your own PIE

            @Metadata {
                @TechnologyRoot
            }

            A tutorial: from an empty package to a library for incremental computation, and a tool for a small language on
            top of it.

            ## Topics

            ### Chapters

            \(topics)
            ### Solutions

            \(solutions)
            """
    }
}
