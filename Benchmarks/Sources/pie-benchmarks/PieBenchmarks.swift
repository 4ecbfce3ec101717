#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs workloads, each size and number of jobs in a process of its own, and prints what they measure.
@main
struct PieBenchmarks {
    static func main() async {
        do {
            let arguments = try Arguments(CommandLine.arguments.dropFirst())
            if arguments.showsHelp {
                print(Arguments.help)
            } else if arguments.isChild {
                try await measure(arguments)
            } else {
                try runAll(arguments)
            }
        } catch {
            let message = Array("pie-benchmarks: \(error)\n".utf8)
            _ = write(STDERR_FILENO, message, message.count)
            exit(error is UsageError ? 2 : 1)
        }
    }

    /// Measures here what a parent process asks for.
    private static func measure(_ arguments: Arguments) async throws {
        for workload in workloads where arguments.names.contains(workload.name) {
            let bench = Bench(
                workload: workload.name,
                size: arguments.size ?? workload.sizes(quick: true)[0],
                jobs: arguments.jobs ?? 1,
                runs: arguments.runs ?? 1
            )
            try await workload.run(bench)
        }
    }

    /// Has every selected workload measured, and prints the rows as they come.
    private static func runAll(_ arguments: Arguments) throws {
        if !arguments.isJSON { show(Table.header) }
        let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        for workload in workloads where arguments.names.isEmpty || arguments.names.contains(workload.name) {
            for size in arguments.size.map({ [$0] }) ?? workload.sizes(quick: arguments.isQuick) {
                for jobs in arguments.jobs.map({ [$0] }) ?? workload.jobs(cores: cores) {
                    let options = ["--size", "\(size)", "--jobs", "\(jobs)"]
                    let runs = ["--runs", "\(arguments.runs ?? (arguments.isQuick ? 3 : 9))"]
                    let clock = arguments.countsProcessorTime ? ["--cpu"] : []
                    try Child.run(["--child", workload.name] + options + runs + clock) { line in
                        guard let row = Row(line: line) else { return show(line) }
                        show(arguments.isJSON ? row.json : Table.line(row))
                    }
                }
            }
        }
    }

    /// Prints a line at once, also into a pipe.
    private static func show(_ line: String) {
        print(line)
        fflush(nil)
    }
}
