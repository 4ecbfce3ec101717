import Foundation
import Pie
import TallyLanguage

@main
struct Tally {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let path = arguments.last, arguments.count == 1 || arguments.count == 2 && arguments[0] == "edit" else {
            print("usage: tally [edit] <file>")
            exit(2)
        }
        do {
            if arguments.count == 2 {
                try await edit(path)
            } else {
                try await check(path)
            }
        } catch {
            print("error: \(error)")
            exit(1)
        }
    }

    /// Prints the lines of a program and what there is to say about them.
    private static func check(_ path: String) async throws {
        let log = EventLog()
        let pie = try Pie(store: ".tally.json", tasks: allTasks, trackers: [log])
        let report = try await pie.session { try await $0.require(Report(file: File(path))) }
        try pie.save()

        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        print(Page(lines: lines, report: report).text)
        print("(\(log.takeExecuted().count) tasks executed)")
    }

    /// Lets somebody edit a program and shows what there is to say about it after each key.
    private static func edit(_ path: String) async throws {
        let log = EventLog()
        let program = LiveProgram(file: File(path), trackers: [log])
        var editor = Editor(text: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
        let terminal = Terminal()
        defer { terminal.restore() }
        let keys = KeyReader(terminal.nextByte)

        func show() async {
            let report: [String]
            do {
                report = try await program.report(on: editor.text)
            } catch {
                report = ["! \(error)".replacing("\n", with: " ")]
            }
            let status = "-- \(log.takeExecuted().count) tasks executed; Control-S saves, Control-Q quits"
            terminal.show(
                Page(lines: editor.lines, report: report),
                status: status,
                row: editor.row,
                column: editor.column
            )
        }

        await show()
        while let key = keys.next(), key != .quit {
            if key == .save { try editor.text.write(toFile: path, atomically: true, encoding: .utf8) }
            editor.handle(key)
            await show()
        }
    }
}
