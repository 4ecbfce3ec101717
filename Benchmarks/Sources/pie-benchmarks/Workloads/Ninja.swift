import Foundation
import SourceFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ninja on the same files, where it is installed: each is copied, and one target requires all copies.
enum Ninja {
    /// Above this, the first build takes more than a few minutes.
    private static let largest = 100_000

    /// Builds once, then measures what it takes when nothing has changed, and when one file has.
    ///
    /// - Returns: The medians; nil if there is no ninja, or there are too many files.
    static func measure(_ bench: Bench, _ project: inout SourceProject) throws -> (noop: Duration, change: Duration)? {
        guard let program = path else {
            note("ninja is not installed: nothing to compare with")
            return nil
        }
        guard bench.size <= largest else {
            note("ninja is not measured: it would begin with \(bench.size) processes")
            return nil
        }
        try describe(project)
        let arguments = ["-C", project.root, "-j", "\(bench.jobs)"]
        _ = try FreshProcess(program, arguments)
        var noops: [Duration] = []
        for run in 0...bench.runs {
            let process = try FreshProcess(program, arguments)
            try bench.check(process.output.contains("no work to do"), "ninja: something is built that did not change")
            if run > 0 { noops.append(process.time) }
        }
        bench.report("ninja: no-op", times: noops, per: .files(bench.size))
        var changes: [Duration] = []
        for run in 0...bench.runs {
            let file = try project.edit()
            let process = try FreshProcess(program, arguments)
            let copy = FileManager.default.contents(atPath: "\(project.root)/\(copy(of: file))").map { [UInt8]($0) }
            try bench.check(copy == project.bytes(of: file), "ninja: a change is not built")
            if run > 0 { changes.append(process.time) }
        }
        bench.report("ninja: change 1", times: changes, per: .files(bench.size))
        return (noops.sorted()[noops.count / 2], changes.sorted()[changes.count / 2])
    }

    /// Where it is installed.
    private static var path: String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/ninja" }.first { access($0, X_OK) == 0 }
    }

    /// Writes what is to be built.
    private static func describe(_ project: SourceProject) throws {
        var text = "rule copy\n  command = cp $in $out\n"
        for file in 0..<project.count { text += "build \(copy(of: file)): copy \(SourceFiles.path(file))\n" }
        text += "build all: phony"
        for file in 0..<project.count { text += " \(copy(of: file))" }
        text += "\ndefault all\n"
        try SourceProject.write(Array(text.utf8), to: "\(project.root)/build.ninja")
    }

    private static func copy(of file: Int) -> String { "copies/" + SourceFiles.path(file) }

    private static func note(_ text: String) {
        let message = Array("pie-benchmarks: \(text)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
    }
}
