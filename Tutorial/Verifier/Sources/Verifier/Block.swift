/// A fenced block of a chapter: a piece of code, or commands with what they print.
public struct Block: Equatable, Sendable {
    /// The first word after the fence, such as `swift`, `diff` or `console`.
    public var language: String
    /// What follows it as `key=value`.
    public var attributes: [String: String] = [:]
    /// What follows it as single words.
    public var flags: Set<String> = []
    /// The lines between the fences.
    public var lines: [String] = []
    /// The number of the line with the opening fence; the block's own lines come after it.
    public var line: Int
    /// The last line before the fence that is not empty.
    public var introduction: String

    /// The file that the block creates, or nothing.
    public var path: String { attributes["create"] ?? "" }

    /// The name of that file, without its folder.
    public var fileName: String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// The contents as a file has them, with a line break at the end.
    public var contents: String { lines.map { $0 + "\n" }.joined() }

    /// The number of one of the block's lines in the chapter.
    ///
    /// - Parameter index: Counted from 0.
    /// - Returns: The line number, counted from 1.
    public func number(of index: Int) -> Int { line + 1 + index }

    /// Finds the fenced blocks of a chapter.
    ///
    /// - Parameter markdown: The chapter's text.
    /// - Returns: The blocks in order; one whose fence is not closed ends with the text.
    public static func all(in markdown: String) -> [Block] {
        var blocks: [Block] = []
        var open: Block?
        var fence = ""
        var introduction = ""
        for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if var block = open {
                if line == fence {
                    blocks.append(block)
                    open = nil
                } else {
                    block.lines.append(String(line))
                    open = block
                }
            } else if line.hasPrefix("```") {
                fence = String(line.prefix { $0 == "`" })
                open = Block(information: line.dropFirst(fence.count), line: index + 1, introduction: introduction)
            } else if !line.isEmpty {
                introduction = String(line)
            }
        }
        if let open { blocks.append(open) }
        return blocks
    }

    private init(information: Substring, line: Int, introduction: String) {
        let words = information.split(separator: " ")
        self.line = line
        self.introduction = introduction
        language = words.first.map(String.init) ?? ""
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1)
            if parts.count == 2 {
                attributes[String(parts[0])] = String(parts[1])
            } else {
                flags.insert(String(word))
            }
        }
    }
}
