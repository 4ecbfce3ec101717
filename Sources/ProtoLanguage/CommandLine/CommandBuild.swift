import PIE

/// The build that a command runs its tasks in, with its store and those who look on.
struct CommandBuild {
    /// How the store was opened, and the build over it.
    let store: StoreOpening.Outcome
    /// Counts what runs, and shows it while it takes long.
    let statistics: RunStatistics
    /// Measures what runs; told of events only if figures are to be printed.
    let metrics = MetricsTracker()

    var pie: Pie { store.pie }

    /// Opens the build that `options` ask for.
    ///
    /// - Parameters:
    ///   - options: What the command line asks for.
    ///   - output: Where to print what the build does.
    ///   - countsAlways: Whether to count even if nobody has asked for the figures.
    /// - Throws: An error if the working folder is gone; a ``UsageError`` if the store's folder is another's.
    init(_ options: CommandLineOptions, output: CommandOutput, countsAlways: Bool = false) async throws {
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
        } else if options.store != .none {
            // The log has the warnings in it.
            trackers.append(StoreWarnings(output))
        }
        var pieOptions = PieOptions()
        if let jobs = options.jobs {
            pieOptions.jobs = jobs
        }
        let opening = StoreOpening(output: output) { [trackers, pieOptions] location in
            try Pie(
                store: location,
                tasks: TaskTypes.tasks,
                projections: TaskTypes.projections,
                options: pieOptions,
                trackers: trackers
            )
        }
        store = try await opening.open(options.store)
    }

    /// Gives the store to the next process, also if the calling Swift task was cancelled meanwhile.
    ///
    /// A run that ends with an error need not do this: what it has found out is in the store when its session has ended.
    func close() async {
        let pie = pie
        await Task.detached { try? await pie.close() }.value
    }
}
