import Foundation
import Verifier

/// Prints a message where messages of errors go.
func complain(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
}

do {
    let options = try Options(Array(CommandLine.arguments.dropFirst(2)))
    if options.wantsHelp {
        print(Options.help)
        exit(0)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let summary = try Verification.run(URL(filePath: CommandLine.arguments[1]), options) { line in
        print(line)
        fflush(nil)
    }
    print("\n\(summary)")
    print("time                \((clock.now - start).components.seconds) s")
    exit(summary.problems == 0 ? 0 : 1)
} catch let failure as Options.Failure {
    complain("error: \(failure.message)")
    exit(2)
} catch {
    complain("error: \(error)")
    exit(2)
}
