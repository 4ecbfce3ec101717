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
    private let output: CommandOutput

    private init(_ options: CommandLineOptions, output: CommandOutput) {
        self.options = options
        self.output = output
    }

    /// Runs the command.
    ///
    /// - Parameters:
    ///   - arguments: The arguments, which do not contain the name of the command.
    ///   - output: Where to write to.
    /// - Returns: How it ended; `interrupted` if the calling Swift task was cancelled.
    package static func run(_ arguments: [String], output: CommandOutput = .standard) async -> Status {
        do {
            let options = try CommandLineParser.parse(arguments)
            switch options.action {
            case .showHelp(let command):
                output.print(CommandLineHelp.text(of: command), to: .output)
                return .noMistakes
            case .showVersion:
                output.print(CommandLineHelp.version, to: .output)
                return .noMistakes
            case .check:
                return try await CheckCommand(options, output: output).check()
            case .watch:
                return try await WatchCommand.run(options, output: output)
            case .graph:
                return try await GraphCommand(options, output: output).run()
            case .inspect:
                return try InspectCommand(options, output: output).run()
            case .clean:
                return try CleanCommand(options, output: output).run()
            }
        } catch let error as UsageError {
            output.print(error.text, to: .error)
            return .wrongUsage
        } catch is CancellationError {
            return .interrupted
        } catch {
            output.print("Error: \(error)", to: .error)
            return Task.isCancelled ? .interrupted : .mistakes
        }
    }

    private func check() async throws -> Status {
        let inputs = try CommandInputs(options)
        let printer = ReportPrinter(options, roots: inputs.roots, output: output)
        let start = ContinuousClock.now
        let build = try await CommandBuild(options, output: output)
        let (report, required, newFiles) = try await build.pie.session { session in
            let recorder = RootRecorder(session)
            let files = try await inputs.existingSources(with: recorder)
            let report = try await ProjectCheck(files: files, roots: inputs.roots).run(with: recorder)
            if options.explains {
                build.statistics.clearProgress()
                printer.explain(report.files, in: session)
            }
            // Files have come or gone, or others are meant than the last time.
            let map = MapImports(files, roots: inputs.roots)
            let isNew = session.explain(map)?.chain.first?.reason == .new
            return (report, recorder.roots, isNew ? map : nil)
        }
        build.statistics.clearProgress()
        let duration = ContinuousClock.now - start
        printer.print(report)
        if options.printsStatistics {
            printer.print(build.statistics.counts, files: report.files.count, duration: duration, store: build.store)
            output.print("\n\(build.metrics)", to: .error)
        }
        if let newFiles { try await build.forgetWhatIsGone(besides: required, files: newFiles) }
        await build.close()
        return report.entries.isEmpty ? .noMistakes : .mistakes
    }
}
