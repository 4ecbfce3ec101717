import Foundation
import Pie
import TallyLanguage

@main
struct Tally {
    static func main() async throws {
        guard let path = CommandLine.arguments.dropFirst().first else {
            print("usage: tally <file>")
            exit(2)
        }
        do {
            try await check(path)
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
}
