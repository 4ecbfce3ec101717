import PIE

/// The command `protocheck clean`: removes the store.
struct CleanCommand {
    private let path: String
    private let output: CommandOutput

    init(_ options: CommandLineOptions, output: CommandOutput) {
        path = options.storePath
        self.output = output
    }

    /// Removes what is the store's, and nothing else.
    ///
    /// - Returns: `noMistakes`, also if there was nothing to remove.
    /// - Throws: A ``UsageError`` if the folder is none of a store; an error if another process has the store, or the system
    ///   refuses.
    func run() throws -> CheckCommand.Status {
        guard let content = try ProjectStore(at: path).content else {
            output.print("There is no store in '\(path)'.", to: .error)
            return .noMistakes
        }
        let isFolderGone = try content.remove(with: ProjectStore.companionNames)
        let bytes = content.files.reduce(0) { $0 + $1.size }
        output.print(
            "Removed \(isFolderGone ? "'\(path)'" : "the store in '\(path)'"): \(ByteCount(bytes)).",
            to: .error
        )
        if !isFolderGone { output.print("The folder stays: other files are in it.", to: .error) }
        return .noMistakes
    }
}
