import SourceFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Has steps of the workload `files` done by fresh processes, and measures them.
struct FilesSteps {
    let bench: Bench

    /// The program that does one step, which lies beside this one.
    private let program: String

    init(bench: Bench) throws {
        self.bench = bench
        let path = CommandLine.arguments[0]
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        program = folder + "files-step"
        if access(program, X_OK) != 0 {
            throw UsageError(description: "there is no \(program): build all products of this package, as `run` does")
        }
    }

    /// Does a step, and checks what came out.
    func step(_ phase: FilesPhase, _ project: SourceProject, file: Int) throws -> (Duration, StepReport) {
        let jobs = phase.jobs ?? bench.jobs
        let process = try FreshProcess(
            program,
            [phase.step, phase.shape.rawValue, project.root, project.store(phase.shape)]
                + [project.count, jobs, file].map(String.init)
        )
        guard let report = StepReport(line: process.output.filter { $0 != "\n" }) else {
            throw WrongResult(description: "files-step printed \(process.output)")
        }
        if let expected = phase.expected(project, file: file) {
            try bench.check(report.result == expected, "\(phase.title): a wrong result")
            try bench.check(
                report.executed == phase.executed,
                "\(phase.title): \(report.executed) tasks executed, not \(phase.executed)"
            )
        }
        return (process.time, report)
    }

    /// Measures a phase: once to warm up, then as often as the benchmark says.
    ///
    /// - Parameters:
    ///   - phase: What to do.
    ///   - project: The files and the stores.
    ///   - prepare: Called before each process, with the number of the run; returns the file that it is about.
    /// - Returns: The median time.
    /// - Throws: What `prepare` throws, ``ChildFailure``, and ``WrongResult``.
    @discardableResult
    func measure(
        _ phase: FilesPhase,
        _ project: inout SourceProject,
        _ prepare: (_ run: Int, _ project: inout SourceProject) throws -> Int
    ) throws -> Duration {
        var times: [Duration] = []
        var reports: [StepReport] = []
        for run in 0...bench.runs {
            let file = try prepare(run, &project)
            let before = project.pictureOfStore(phase.shape)
            let (time, report) = try step(phase, project, file: file)
            // What the first run finds may be too fresh to be trusted; then it notes that it is now.
            if run == 0 { continue }
            if phase.isQuiet {
                let isSame = project.pictureOfStore(phase.shape) == before
                try bench.check(isSame, "\(phase.title): something was written to the store")
            }
            times.append(time)
            reports.append(report)
        }
        self.report(phase, times, reports)
        return times.sorted()[times.count / 2]
    }

    private func report(_ phase: FilesPhase, _ times: [Duration], _ reports: [StepReport]) {
        let count = Count.files(bench.size)
        bench.report(phase.title, times: times, per: count)
        let parts = [\StepReport.opening, \.session, \.closing]
        for (name, part) in zip(phase.parts, parts) where !name.isEmpty && !Stopwatch.countsProcessorTime {
            let times = reports.map { Duration.nanoseconds($0[keyPath: part]) }
            bench.report("\(phase.title), \(name)", times: times, per: count)
        }
        let peaks = reports.map(\.peak).sorted()
        bench.report("\(phase.title), resident", bytes: peaks[peaks.count / 2], per: count)
    }
}
