import Foundation

/// Does what chapters tell the reader to do, and notes where something else comes of it.
public struct Replay {
    /// What has been done so far.
    public private(set) var summary = Summary()
    /// What did not hold.
    public private(set) var problems: [Problem] = []

    private let workspace: Workspace
    private let shell = Shell()
    private let isUpdating: Bool
    private var exercises: [Block] = []
    private var repository: URL?
    /// The line of the block that touched a file last.
    private var touched: [String: Int] = [:]

    /// Creates a replay.
    ///
    /// - Parameters:
    ///   - workspace: The reader's package.
    ///   - isUpdating: Whether to put real output in the place of quoted output that differs.
    public init(in workspace: Workspace, isUpdating: Bool = false) {
        self.workspace = workspace
        self.isUpdating = isUpdating
    }

    /// Replays a chapter and the solutions of its exercises, and compares the package with the chapter's own.
    ///
    /// - Parameter chapter: The chapter, whose beginning the workspace holds.
    /// - Throws: If a file cannot be read or written.
    public mutating func replay(_ chapter: Chapter) throws {
        defer { summary.problems = problems.count }
        summary.chapters += 1
        exercises = []
        repository = chapter.repository
        touched = [:]
        try replay(chapter.prose, named: chapter.proseName)
        try compare(with: chapter)
        guard let solutions = chapter.solutions else {
            if let exercise = exercises.first {
                note(chapter.proseName, exercise.line, "there are no solutions: \(chapter.solutionsName) is missing")
            }
            return
        }
        for exercise in exercises {
            summary.exercises += 1
            try apply(exercise, named: chapter.proseName)
        }
        try checkUnsolved(exercises, of: chapter)
        try replay(solutions, named: chapter.solutionsName)
    }

    private mutating func note(_ file: String, _ line: Int, _ message: String) {
        problems.append(Problem(file: file, line: line, message: message))
    }

    private mutating func replay(_ file: URL, named name: String) throws {
        var text = try String(contentsOf: file, encoding: .utf8)
        let blocks = Block.all(in: text)
        var replacements: [(Block, [String])] = []
        for block in blocks {
            if block.flags.contains("exercise") {
                exercises.append(block)
            } else if block.language == "console" {
                if let lines = try run(block, named: name) { replacements.append((block, lines)) }
            } else if block.language == "text" && block.attributes.isEmpty || block.flags.contains("sketch") {
                continue
            } else {
                summary.steps += 1
                try apply(block, named: name)
            }
        }
        guard isUpdating, !replacements.isEmpty else { return }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (block, new) in replacements.reversed() {
            lines.replaceSubrange(block.line..<block.line + block.lines.count, with: new)
        }
        text = lines.joined(separator: "\n")
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    // MARK: Code

    private mutating func apply(_ block: Block, named name: String) throws {
        let keys = ["create", "replace", "append", "change", "quote", "delete", "source"]
        guard let key = keys.first(where: { block.attributes[$0] != nil }), let path = block.attributes[key] else {
            note(
                name,
                block.line,
                "this block does not say what it is: \(keys.map { $0 + "=" }.joined(separator: ", "))"
            )
            return
        }
        if !block.introduction.contains("`\(path)`") {
            note(name, block.line, "the line before this block does not name `\(path)`")
        }
        if key == "source" {
            // Quoted from the library itself, where it may stand indented.
            let source = try repository.map { try String(contentsOf: $0.appending(path: path), encoding: .utf8) } ?? ""
            let lines = source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            for (index, line) in block.lines.enumerated() where !line.isEmpty {
                if !lines.contains(line.trimmingCharacters(in: .whitespaces)) {
                    note(name, block.number(of: index), "\(path) does not have this line")
                }
            }
            return
        }
        if key != "quote" { touched[path] = block.line }
        let present = workspace.contents(of: path)
        switch (key, present) {
        case ("create", nil):
            try workspace.write(block.contents, to: path)
        case ("create", _?):
            note(name, block.line, "\(path) is there already")
        case (_, nil):
            note(name, block.line, "there is no \(path)")
        case ("replace", _?):
            try workspace.write(block.contents, to: path)
        case ("append", let present?):
            try workspace.write(present + "\n" + block.contents, to: path)
        case ("quote", let present?):
            if !present.contains(block.contents) {
                note(name, block.line, "\(path) does not have these lines")
            }
        case ("delete", _?):
            try FileManager.default.removeItem(at: workspace.folder.appending(path: path))
        case (_, let present?):
            do {
                try workspace.write(try Patch(block.lines).applied(to: present), to: path)
            } catch let failure as Patch.Failure {
                note(name, block.number(of: failure.index), "\(path): \(failure.message)")
            }
        }
    }

    // MARK: Commands

    /// Runs the commands of a block.
    ///
    /// - Returns: The block's lines with real output, if that differs from what is quoted.
    private mutating func run(_ block: Block, named name: String) throws -> [String]? {
        let starts = block.lines.indices.filter { block.lines[$0].hasPrefix("$ ") }
        guard starts.first == 0 else {
            note(name, block.line, "a console block begins with a command: '$ ...'")
            return nil
        }
        let mustFail = block.attributes["expect"] == "failure"
        var lines: [String] = []
        var differs = false
        for (start, end) in zip(starts, starts.dropFirst() + [block.lines.count]) {
            let command = String(block.lines[start].dropFirst(2))
            let isLast = end == block.lines.count
            let result = try shell.run(command, in: workspace.folder)
            let output = Output.normalised(result.output, of: command, in: workspace.folder.path)
            let shown = Array(block.lines[start + 1..<end])
            summary.commands += 1
            summary.outputs += 1
            lines.append(block.lines[start])
            if mustFail && isLast {
                summary.expectedFailures += 1
                if result.status == 0 {
                    note(name, block.number(of: start), "'\(command)' succeeds, but is announced to fail")
                }
            } else if result.status != 0 {
                note(
                    name,
                    block.number(of: start),
                    "'\(command)' fails with status \(result.status)\n" + result.output.suffix(2000)
                )
            }
            if !mustFail, let warning = output.first(where: { $0.contains(": warning: ") }) {
                note(name, block.number(of: start), "'\(command)' comes with a warning: \(warning)")
            }
            guard let difference = Quotation(shown).firstDifference(from: output) else {
                lines += shown
                continue
            }
            differs = true
            lines += output
            if !isUpdating {
                let real = output.prefix(100).map { "    \($0)\n" }.joined()
                let line = block.number(of: min(start + 1 + difference, end - 1))
                note(name, line, "'\(command)' does not print what is quoted, but\n\(real)")
            }
        }
        return differs ? lines : nil
    }

    // MARK: Exercises

    /// Runs the tests of exercises before these are solved; each must fail.
    ///
    /// All are run at once, and those that are not among the failures once more without the others: what does not
    /// compile keeps the rest from running.
    private mutating func checkUnsolved(_ exercises: [Block], of chapter: Chapter) throws {
        var tests = exercises.filter { $0.language == "swift" }
        while !tests.isEmpty {
            let filter = tests.map { $0.fileName.replacing(".swift", with: "") }.joined(separator: "|")
            let output = try shell.run("swift test --filter '\(filter)'", in: workspace.folder).output
            let failures = output.split(separator: "\n").filter { $0.contains(": error: ") || $0.hasPrefix("✘ ") }
            let failing = tests.filter { test in failures.contains { $0.contains("\(test.fileName):") } }
            summary.unsolved += failing.count
            tests.removeAll { test in failing.contains(test) }
            if failing.isEmpty {
                for test in tests {
                    note(chapter.proseName, test.line, "nothing in this test fails before the exercise is solved")
                }
                break
            }
            // Emptied and not removed: a module that has lost a file is compiled as a whole.
            if !tests.isEmpty { for test in failing { try workspace.write("", to: test.path) } }
        }
        for exercise in exercises { try workspace.write(exercise.contents, to: exercise.path) }
    }

    // MARK: The chapter's package

    private mutating func compare(with chapter: Chapter) throws {
        let real = workspace.files()
        if isUpdating {
            try? FileManager.default.removeItem(at: chapter.package)
            for (path, contents) in real {
                let file = chapter.package.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(contents.utf8).write(to: file)
            }
            return
        }
        let kept = Workspace.files(in: chapter.package)
        for path in Set(real.keys).union(kept.keys).sorted() where real[path] != kept[path] {
            let what =
                switch (real[path], kept[path]) {
                case (_, nil): "is missing in"
                case (nil, _): "does not come about in the chapter, but is in"
                default: "is not the same in"
                }
            note(chapter.proseName, touched[path] ?? 1, "at the chapter's end \(path) \(what) the chapter's package")
        }
    }
}
