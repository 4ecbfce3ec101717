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
            Console.note("\(error)")
            exit(error is UsageError ? 2 : 1)
        }
    }

    /// Measures here what a parent process asks for.
    private static func measure(_ arguments: Arguments) async throws {
        // Counts the threads that are started from now on.
        _ = Instructions.count
        for workload in workloads where arguments.names.contains(workload.name) {
            let bench = Bench(
                workload: workload.name,
                size: arguments.size ?? workload.sizes(.quick)[0],
                jobs: arguments.jobs ?? 1,
                runs: arguments.runs ?? 1,
                withPeers: arguments.withPeers
            )
            try await workload.run(bench)
        }
    }

    /// Has every selected workload measured, and prints the rows as they come.
    private static func runAll(_ arguments: Arguments) throws {
        let output = try Output(arguments)
        let folder = try TemporaryFolder.forAll()
        defer { folder.remove() }
        let extent = arguments.extent
        let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        for workload in workloads where arguments.names.isEmpty || arguments.names.contains(workload.name) {
            for size in arguments.size.map({ [$0] }) ?? workload.sizes(extent) {
                for jobs in arguments.jobs.map({ [$0] }) ?? workload.jobs(extent, cores: cores) {
                    let runs = arguments.runs ?? workload.runs(extent, size: size)
                    let options = ["--size", "\(size)", "--jobs", "\(jobs)", "--runs", "\(runs)"]
                    let clock = arguments.countsProcessorTime ? ["--cpu"] : []
                    let peers = arguments.withPeers ? ["--peers"] : []
                    try Child.run(["--child", workload.name] + options + clock + peers, line: output.take)
                }
            }
        }
        try output.finish()
    }
}
