import PIE

/// The command `protocheck inspect`: prints what the store holds.
struct InspectCommand {
    private let path: String
    private let format: InspectionFormat
    private let output: CommandOutput

    init(_ options: CommandLineOptions, output: CommandOutput) {
        path = options.storePath
        format = options.inspection
        self.output = output
    }

    /// Reads the store and prints it.
    ///
    /// - Throws: A ``UsageError`` if there is none; what keeps it from being read.
    func run() throws -> CheckCommand.Status {
        guard let files = try ProjectStore(at: path).content, files.isStore else {
            throw UsageError(message: "There is no store in '\(path)'.")
        }
        let contents = try StoreContents(of: files, tasks: TaskTypes.tasks)
        switch format {
        case .text: output.write(StoreSummary(contents).text, .output)
        case .json: output.write(contents.json.text, .output)
        case .dot: output.write(DotFormat().text(of: contents.graph()), .output)
        }
        return .noMistakes
    }
}
