import PIE
import SourceFiles
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One step of the workload `files`, in a process that links what a build tool on PIE must link, and nothing else.
///
///     files-step step shape root store count jobs file
///
/// Started by `pie-benchmarks`, which measures it from outside; prints a ``StepReport``.
@main
struct FilesStep {
    static func main() async {
        do {
            var report = try await run(Array(CommandLine.arguments.dropFirst()))
            report.executed = executions.load(ordering: .sequentiallyConsistent)
            report.peak = Peak.bytes
            print(report.line)
        } catch {
            let message = Array("files-step: \(error)\n".utf8)
            _ = write(STDERR_FILENO, message, message.count)
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws -> StepReport {
        guard arguments.count == 7, let shape = BuildShape(rawValue: arguments[1]), let count = Int(arguments[4]),
            let jobs = Int(arguments[5]), let file = Int(arguments[6])
        else {
            throw Failure(description: "usage: files-step step shape root store count jobs file")
        }
        let build = Build(shape: shape, root: arguments[2], store: arguments[3], count: count, jobs: jobs)
        switch arguments[0] {
        case "start":
            return StepReport()
        case "stat":
            var report = StepReport()
            let clock = ContinuousClock()
            let start = clock.now
            report.result = UInt64(Looks.take(build.root, count, threads: jobs))
            report.session = nanoseconds(clock.now - start)
            return report
        case "require": return try await build.require()
        case "named": return try await build.update(.files([File(SourceFiles.path(file))]), file)
        case "detect": return try await build.update(.detect, file)
        case "open": return try build.lookUp(file)
        default: throw Failure(description: "there is no step \(arguments[0])")
        }
    }
}
