import PIE

/// The build that a command runs its tasks in, with those who look on.
struct CommandBuild {
    let pie: Pie
    /// Counts what runs, and shows it while it takes long.
    let statistics: RunStatistics
    /// Measures what runs; told of events only if figures are to be printed.
    let metrics = MetricsTracker()

    /// Opens the build that `options` ask for.
    ///
    /// - Parameters:
    ///   - options: What the command line asks for.
    ///   - output: Where to print what the build does.
    ///   - countsAlways: Whether to count even if nobody has asked for the figures.
    /// - Throws: An error if the working folder is gone.
    init(_ options: CommandLineOptions, output: CommandOutput, countsAlways: Bool = false) throws {
        let isTerminal = output.isTerminal(.error)
        statistics = RunStatistics(showsProgress: isTerminal && !options.printsLog)
        var trackers: [any Tracker] = []
        if options.printsStatistics {
            trackers += [statistics, metrics]
        } else if isTerminal || countsAlways {
            trackers.append(statistics)
        }
        if options.printsLog {
            let isColored = options.usesColor ?? output.prefersColor(on: .error)
            trackers.append(ConsoleTracker(isColoured: isColored) { output.write($0, .error) })
        }
        var pieOptions = PieOptions()
        if let jobs = options.jobs {
            pieOptions.jobs = jobs
        }
        pie = try Pie(options: pieOptions, trackers: trackers)
    }
}
