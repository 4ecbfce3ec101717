import PIE

/// The command `protocheck --watch`: checks, and checks again bottom-up whenever something changes.
///
/// A change that comes while a check runs is taken with the next one; it does not supersede the one that runs. No change
/// is lost by that: the watcher keeps what nobody has taken, the next update is told of all of it and looks at those
/// files again, whether this one has seen them before or after the change. A check takes milliseconds, so nothing is won
/// by cutting it short, and somebody who saves again and again, or a program that writes all the time, would never see a
/// check come to its end.
struct WatchCommand {
    private let options: CommandLineOptions
    private let output: CommandOutput
    private let inputs: CommandInputs
    private let printer: ReportPrinter
    private let build: CommandBuild

    private init(_ options: CommandLineOptions, output: CommandOutput) async throws {
        self.options = options
        self.output = output
        inputs = try CommandInputs(options)
        printer = ReportPrinter(options, roots: inputs.roots, output: output)
        build = try await CommandBuild(options, output: output, countsAlways: true)
    }

    /// Watches until the calling Swift task is cancelled.
    ///
    /// - Returns: `interrupted`, since nothing else ends it.
    /// - Throws: An error if nothing can be watched.
    static func run(_ options: CommandLineOptions, output: CommandOutput) async throws -> CheckCommand.Status {
        let command = try await WatchCommand(options, output: output)
        let status = try await command.run()
        await command.build.close()
        return status
    }

    /// What the command has seen so far.
    private struct State {
        var report = ProjectReport()
        var rounds = 0
        var executed = 0
        /// What the last check that came to its end required.
        var roots = RootRecorder.Roots()
        /// The error that the last check ended with, printed once.
        var error: String?
    }

    private func run() async throws -> CheckCommand.Status {
        var watcherOptions = WatcherOptions()
        if options.watchesByPolling { watcherOptions.method = .polling }
        // What changes while the first check runs must not be missed.
        let output = output
        let watcher = try FolderWatcher(
            inputs.paths + inputs.roots.folders.map { .folder($0) },
            options: watcherOptions
        ) { output.print("Warning: \($0)", to: .error) }
        defer { watcher.stop() }

        var state = State()
        try await check(nil, &state)
        if !Task.isCancelled { output.print("watching for changes, until interrupted", to: .error) }
        while let batch = await watcher.next() {
            try await check(batch.changes, &state)
        }
        finish(state)
        return .interrupted
    }

    /// Checks and prints what came of it.
    ///
    /// - Parameters:
    ///   - changes: What has changed; nil for the first check.
    ///   - state: What was seen before.
    /// - Throws: A ``UsageError`` of the first check: what is wrong from the beginning is not waited for.
    private func check(_ changes: ChangeSet?, _ state: inout State) async throws {
        let start = ContinuousClock.now
        let result: Result<(report: ProjectReport, roots: RootRecorder.Roots), any Error>
        do {
            // What nobody has told of yet may have changed since an earlier process kept it up to date.
            result = .success(try await reportRegardless(of: state.rounds == 0 ? nil : changes))
        } catch let error as UsageError where changes == nil {
            throw error
        } catch {
            result = .failure(error)
        }
        build.statistics.clearProgress()
        let duration = ContinuousClock.now - start
        let counts = build.statistics.takeCounts()
        state.executed += counts.executed
        guard !Task.isCancelled else { return }
        switch result {
        case .success(let (report, roots)):
            let isFirst = state.rounds == 0
            if isFirst {
                printer.print(report)
            } else {
                print(ReportChange(from: state.report, to: report), report, counts, duration, after: state.error)
            }
            if options.printsStatistics && (isFirst || counts.executed > 0) {
                printer.print(
                    counts,
                    files: report.files.count,
                    duration: duration,
                    store: isFirst ? build.store : nil
                )
            }
            if isFirst {
                // An update brings up to date what is observed, and trusts what it is not told of: neither is right for
                // what another run has required, and this one has not looked at.
                build.unobserveEarlier(besides: roots)
            } else if state.roots.unobserve(unlessIn: roots, of: build.pie) {
                // Checks of files that are gone are forgotten; protocheck's tasks write no files.
                try await build.pie.collectGarbage(deletingProvidedFiles: false)
            }
            state.report = report
            state.roots = roots
            state.rounds += 1
            state.error = nil
        case .failure(let error):
            // The mistakes stay those of the last check that came to its end; the next update takes up what failed.
            let text = (error as? UsageError)?.message ?? "\(error)"
            if text != state.error { output.print("Error: \(text)", to: .error) }
            state.error = text
        }
    }

    /// Checks bottom-up, and top-down if that fails.
    ///
    /// An update ends with the error of any task that was required before, also of one about a file that is no source any
    /// more. What is there now has to be asked for by itself.
    private func reportRegardless(
        of changes: ChangeSet?
    ) async throws -> (report: ProjectReport, roots: RootRecorder.Roots) {
        do {
            return try await report(after: changes, isFirst: changes == nil)
        } catch  where changes != nil && !Task.isCancelled {
            return try await report(after: nil, isFirst: false)
        }
    }

    private func report(
        after changes: ChangeSet?,
        isFirst: Bool
    ) async throws -> (report: ProjectReport, roots: RootRecorder.Roots) {
        try await build.pie.session { session in
            if let changes { try await session.update(changes) }
            let recorder = RootRecorder(session)
            let files = try await inputs.sources(with: recorder)
            let report = try await ProjectCheck(files: files, roots: inputs.roots).run(with: recorder)
            if options.explains {
                build.statistics.clearProgress()
                printer.explain(report.files, in: session, onlyExecuted: !isFirst)
            }
            return (report, recorder.roots)
        }
    }

    /// Prints what is different after a change; nothing if nobody had anything to do.
    private func print(
        _ change: ReportChange,
        _ report: ProjectReport,
        _ counts: RunStatistics.Counts,
        _ duration: Duration,
        after error: String?
    ) {
        guard counts.executed > 0 || !change.isEmpty || error != nil else { return }
        printer.print(change)
        var parts: [String] = []
        if !change.new.isEmpty { parts.append("\(change.new.count) new") }
        if !change.fixed.isEmpty { parts.append("\(change.fixed.count) fixed") }
        parts.append(report.summary)
        let tasks = counts.executed == 1 ? "1 task" : "\(counts.executed) tasks"
        output.print("\(parts.joined(separator: ", ")); \(tasks) executed in \(duration.milliseconds)", to: .error)
    }

    private func finish(_ state: State) {
        let rounds = state.rounds == 1 ? "1 check" : "\(state.rounds) checks"
        let tasks = state.executed == 1 ? "1 task" : "\(state.executed) tasks"
        // The terminal has just shown what the interrupt was typed as.
        if output.isTerminal(.error) { output.print("", to: .error) }
        output.print("\(rounds), \(tasks) executed; \(state.report.summary)", to: .error)
        if options.printsStatistics { output.print("\n\(build.metrics)", to: .error) }
    }
}
