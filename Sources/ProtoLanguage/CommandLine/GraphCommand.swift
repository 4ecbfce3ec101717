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
        let build = try CommandBuild(options, output: output)
        try await build.pie.session { session in
            let files = try await inputs.existingSources(with: session)
            _ = try await ProjectCheck(files: files, roots: inputs.roots).run(with: session)
        }
        build.statistics.clearProgress()
        let view = GraphView(build.pie.graph(), options.graph)
        output.write(try view.text(), .output)
        return .noMistakes
    }
}
