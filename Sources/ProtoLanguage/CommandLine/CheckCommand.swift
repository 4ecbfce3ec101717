import PIE

/// The command `protocheck`.
package struct CheckCommand {
    /// How a run of the command ends.
    package enum Status: Int32, Sendable {
        case noMistakes = 0
        case mistakes = 1
        case wrongUsage = 64
        case interrupted = 130
    }

    private let options: CommandLineOptions

    private init(_ options: CommandLineOptions) {
        self.options = options
    }

    /// Runs the command with `arguments`, which do not contain its name.
    package static func run(_ arguments: [String]) async -> Status {
        do {
            let options = try CommandLineParser.parse(arguments)
            switch options.action {
            case .showHelp:
                Terminal.print(CommandLineHelp.text, to: .output)
                return .noMistakes
            case .showVersion:
                Terminal.print(CommandLineHelp.version, to: .output)
                return .noMistakes
            case .check:
                return try await CheckCommand(options).check()
            }
        } catch let error as UsageError {
            Terminal.print(error.text, to: .error)
            return .wrongUsage
        } catch is CancellationError {
            return .interrupted
        } catch {
            Terminal.print("Error: \(error)", to: .error)
            return Task.isCancelled ? .interrupted : .mistakes
        }
    }

    private func check() async throws -> Status {
        let (paths, roots) = try inputs()
        let statistics = RunStatistics(showsProgress: Terminal.isTerminal(.error) && !options.printsLog)
        var trackers: [any Tracker] = []
        let metrics = MetricsTracker()
        if options.printsStatistics {
            trackers += [statistics, metrics]
        } else if Terminal.isTerminal(.error) {
            trackers.append(statistics)
        }
        if options.printsLog {
            let isColored = options.usesColor ?? Terminal.prefersColor(on: .error)
            trackers.append(ConsoleTracker(isColoured: isColored) { Terminal.write($0, to: .error) })
        }
        var pieOptions = PieOptions()
        if let jobs = options.jobs {
            pieOptions.jobs = jobs
        }
        let start = ContinuousClock.now
        let pie = try Pie(options: pieOptions, trackers: trackers)
        let report = try await pie.session { session in
            let files = try await InputFiles(roots: roots).find(paths, with: session)
            guard !files.isEmpty else {
                throw UsageError(message: "There are no '.proto' files in \(paths.joined(separator: ", ")).")
            }
            let report = try await ProjectCheck(files: files, roots: roots).run(with: session)
            if options.explains {
                statistics.clearProgress()
                explain(report.files, roots: roots, in: session)
            }
            return report
        }
        statistics.clearProgress()
        let duration = ContinuousClock.now - start
        print(report)
        if options.printsStatistics {
            print(statistics.counts, files: report.files.count, duration: duration)
            Terminal.print("\n\(metrics)", to: .error)
        }
        return report.entries.isEmpty ? .noMistakes : .mistakes
    }

    /// The paths to check and the folders that imports start from.
    private func inputs() throws -> (paths: [String], roots: ImportRoots) {
        if options.paths.isEmpty {
            guard let samples = Samples.validFolder else {
                throw UsageError(message: "There are no samples here. Name the files or folders to check.")
            }
            return ([samples], ImportRoots(options.importRoots.isEmpty ? [samples] : options.importRoots))
        }
        return (options.paths, ImportRoots(options.importRoots.isEmpty ? ["."] : options.importRoots))
    }

    private func explain(_ files: [SourceFile], roots: ImportRoots, in session: Session) {
        let wanted = options.explainedFile.map { File($0).path }
        for file in files where wanted.map({ $0 == file.location.description || $0 == file.name }) ?? true {
            let explanations = [
                session.explain(ParseFile(file.location)), session.explain(CollectNames(file.location)),
                session.explain(CheckFile(file, roots: roots)),
            ]
            for case let explanation? in explanations {
                Terminal.print("\(explanation)", to: .error)
            }
        }
    }

    private func print(_ report: ProjectReport) {
        let usesColor = options.usesColor ?? Terminal.prefersColor(on: .output)
        var text = ""
        for entry in report.entries {
            text += entry.text(withColor: usesColor) + "\n"
        }
        Terminal.write(text, to: .output)
        let mistakes = report.entries.count
        let files = report.files.count
        let summary = mistakes == 0 ? "no mistakes" : mistakes == 1 ? "1 mistake" : "\(mistakes) mistakes"
        Terminal.print("\(summary) in \(files == 1 ? "1 file" : "\(files) files")", to: .error)
    }

    private func print(_ counts: RunStatistics.Counts, files: Int, duration: Duration) {
        let milliseconds = duration / .milliseconds(1)
        let tenths = Int(milliseconds * 10)
        Terminal.print(
            """
            checked   \(files) files
            executed  \(counts.executed) tasks
            reused    \(counts.reused) tasks
            time      \(tenths / 10).\(tenths % 10) ms
            """,
            to: .error
        )
    }
}
