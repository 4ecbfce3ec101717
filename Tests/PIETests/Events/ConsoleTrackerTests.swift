// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Synchronization
import Testing

@testable import PIE

@Suite struct ConsoleTrackerTests {
    private typealias Lines = EventTasks.Lines
    private typealias Total = EventTasks.Total
    private typealias Report = EventTasks.Report

    /// What was printed.
    private final class Page: Sendable {
        private let lines = Mutex("")

        var text: String { lines.withLock { $0 } }

        func print(_ line: String) { lines.withLock { $0 += line } }

        func clear() { lines.withLock { $0 = "" } }
    }

    private let page = Page()

    private func tracker(_ detail: ConsoleTracker.Detail = .everything) -> ConsoleTracker {
        let page = page
        return ConsoleTracker(detail: detail) { page.print($0) }
    }

    @Test func R20_theLogIsIndentedByWhoRequiresWhom() async throws {
        let folder = try TemporaryFolder()
        for file: File in ["a", "b"] { try folder.write("1\n", to: file) }
        let pie = try Pie(root: folder.root, options: jobs(1), trackers: [tracker()])
        let report = Report(files: ["a", "b"], output: "out")
        try await pie.session { try await $0.require(report) }
        let text = "Report(files: [a, b], output: out)"
        #expect(
            page.text == """
                ◇ session 1
                  → \(text)
                  ▶ \(text): new
                    → Total(files: [a, b])
                    ▶ Total(files: [a, b]): new
                      → Lines(file: a)
                      → Lines(file: b)
                      ▶ Lines(file: a): new
                        < a
                      ✓ Lines(file: a)
                      ← Lines(file: a)
                      ▶ Lines(file: b): new
                        < b
                      ✓ Lines(file: b)
                      ← Lines(file: b)
                    ✓ Total(files: [a, b])
                    ← Total(files: [a, b])
                    → Lines(file: a)
                    ← Lines(file: a)
                    > out
                  ✓ \(text)
                  ← \(text)
                ◆ session 1 ended

                """
        )
        page.clear()
        try await pie.session { try await $0.require(report) }
        #expect(
            page.text == """
                ◇ session 2
                  → \(text)
                  ? \(text)
                    ? Total(files: [a, b])
                      ? Lines(file: a)
                      = Lines(file: a)
                      ? Lines(file: b)
                      = Lines(file: b)
                    = Total(files: [a, b])
                  = \(text)
                  ← \(text)
                ◆ session 2 ended

                """
        )
    }

    @Test func R20_anUpdateIsALevelOfItsOwn() async throws {
        let folder = try TemporaryFolder()
        for file: File in ["a", "b"] { try folder.write("1\n", to: file) }
        let pie = try Pie(root: folder.root, options: jobs(1), trackers: [tracker(.executions)])
        try await pie.session { try await $0.require(Total(files: ["a", "b"])) }
        page.clear()
        try folder.write("1\n2\n", to: "b")
        try await pie.session { try await $0.update(.files(["b"])) }
        let lines = page.text.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[0] == "◇ session 2")
        #expect(lines[1] == "  △ update for 1 file")
        #expect(lines[2].hasPrefix("    ▶ Lines(file: b): the file b changed ("))
        #expect(lines[3] == "    ✓ Lines(file: b)")
        #expect(lines[4] == "    ▶ Total(files: [a, b]): the output of Lines(file: b) changed")
        #expect(lines[5] == "    ✓ Total(files: [a, b])")
        #expect(lines[6].hasPrefix("  ▲ 2 executed, 0 reused"))
    }

    @Test func R20_parallelBranchesStandAtTheirOwnDepths() {
        let tracker = tracker()
        let total = AnyTask(Total(files: ["a"]))
        let report = AnyTask(Report(files: ["a"], output: "out"))
        let line = AnyTask(Lines(file: "a"))
        let events: [BuildEvent] = [
            .sessionBegan(1), .required(report, by: nil), .executing(report, reason: .new),
            .required(total, by: nil), .executing(total, reason: .new), .required(line, by: total),
            .required(line, by: report), .executing(line, reason: .new), .read("a", by: line),
            .executed(line, changed: true), .answered(line, by: report), .answered(line, by: total),
            .executed(report, changed: true), .answered(report, by: nil), .executed(total, changed: true),
        ]
        for event in events { tracker.handle(event) }
        let depths = page.text.split(separator: "\n").map { $0.prefix { $0 == " " }.count / 2 }
        #expect(depths == [0, 1, 1, 1, 1, 2, 2, 2, 3, 2, 2, 2, 1, 1, 1])
    }

    @Test func R20_errorsWithSeveralLinesStayTogether() {
        let tracker = tracker(.executions)
        let task = AnyTask(Lines(file: "a"))
        tracker.handle(.sessionBegan(1))
        tracker.handle(.failed(task, BuildError.notText("a")))
        #expect(
            page.text == """
                ◇ session 1
                  ✗ Lines(file: a): a file that is read as text is not UTF-8
                      file  a
                      hint: read its bytes with read(_:), or save it as UTF-8

                """
        )
    }

    @Test func R20_aNameCannotCommandTheTerminal() {
        let tracker = tracker()
        tracker.handle(.orphaned(File("a\u{1B}[2Jb\r\u{9B}c")))
        #expect(page.text == "  ! a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c is not provided any more\n")
    }

    @Test func R20_deepBuildsStayReadable() {
        let tracker = tracker(.executions)
        var requirer: AnyTask?
        for number in 0..<1000 {
            let task = AnyTask(Lines(file: File("\(number)")))
            tracker.handle(.required(task, by: requirer))
            tracker.handle(.executing(task, reason: .new))
            requirer = task
        }
        let depths = page.text.split(separator: "\n").map { $0.prefix { $0 == " " }.count / 2 }
        #expect(depths == (1...1000).map { min($0, 24) })
    }

    @Test func R20_colourNeedsATerminalThatWantsIt() {
        func output(_ isColoured: Bool, _ environment: [String: String]) -> String {
            let page = Page()
            let tracker = ConsoleTracker(
                detail: .everything,
                isColoured: isColoured,
                environment: { environment[$0] },
                write: { page.print($0) }
            )
            tracker.handle(.sessionBegan(1))
            return page.text
        }
        let plain = "◇ session 1\n"
        let coloured = "\u{1B}[34m◇\u{1B}[0m session 1\n"
        #expect(output(true, ["TERM": "xterm"]) == coloured)
        #expect(output(true, ["TERM": "xterm", "NO_COLOR": ""]) == coloured)
        #expect(output(true, ["TERM": "xterm", "NO_COLOR": "1"]) == plain)
        #expect(output(true, ["TERM": "dumb"]) == plain)
        #expect(output(false, ["TERM": "xterm"]) == plain)
    }

    @Test func R20_linesGoToAFileDescriptorWithoutColour() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "log")
        let handle = try #require(FileHandle(forWritingAtPath: folder.root + "/log"))
        let tracker = ConsoleTracker(fileDescriptor: handle.fileDescriptor)
        tracker.handle(.sessionBegan(1))
        tracker.handle(.sessionBegan(2))
        try handle.close()
        #expect(try folder.text(of: "log") == "◇ session 1\n◇ session 2\n")
    }

    @Test func R20_aLogThatCannotBeWrittenBreaksNothing() async throws {
        let pie = try Pie(root: "/", options: jobs(1), trackers: [ConsoleTracker(fileDescriptor: -1)])
        #expect(try await pie.session { try await $0.require(Lines(file: "no/such/file")) } == 0)
    }
}
