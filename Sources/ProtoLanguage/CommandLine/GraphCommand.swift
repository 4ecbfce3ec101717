import PIE

/// The command `protocheck graph`: checks, and prints which tasks and files depend on which.
struct GraphCommand {
    private let options: CommandLineOptions
    private let output: CommandOutput

    init(_ options: CommandLineOptions, output: CommandOutput) {
        self.options = options
        self.output = output
    }

    /// Checks quietly and prints the graph.
    ///
    /// - Returns: `noMistakes`, whatever is wrong in the files: the graph is what was asked for.
    /// - Throws: A ``UsageError`` for a file or type that is not in the graph; what the tasks throw.
    func run() async throws -> CheckCommand.Status {
        let inputs = try CommandInputs(options)
        let build = try await CommandBuild(options, output: output)
        let roots = try await build.pie.session { session in
            let recorder = RootRecorder(session)
            let files = try await inputs.existingSources(with: recorder)
            _ = try await ProjectCheck(files: files, roots: inputs.roots).run(with: recorder)
            return recorder.roots
        }
        build.statistics.clearProgress()
        // A store remembers more than what was asked for now.
        let view = GraphView(build.pie.graph().reachable { roots.contains($0) }, options.graph)
        await build.close()
        output.write(try view.text(), .output)
        return .noMistakes
    }
}
