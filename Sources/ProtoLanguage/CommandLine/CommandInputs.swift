import PIE

/// What the paths of a command line stand for.
struct CommandInputs {
    /// The files and folders to check, as they were found when the command began.
    let paths: [WatchedPath]
    /// The folders in which imports are looked for.
    let roots: ImportRoots

    private let files: InputFiles

    /// Looks at the paths of a command line; without paths the samples of this package are meant.
    ///
    /// - Throws: A ``UsageError`` for a path that does not exist.
    init(_ options: CommandLineOptions) throws(UsageError) {
        var paths = options.paths
        var folders = options.importRoots.isEmpty ? ["."] : options.importRoots
        if paths.isEmpty {
            guard let samples = Samples.validFolder else {
                throw UsageError(message: "There are no samples here. Name the files or folders to check.")
            }
            paths = [samples]
            if options.importRoots.isEmpty { folders = [samples] }
        }
        roots = ImportRoots(folders)
        files = InputFiles(roots: roots)
        self.paths = try files.look(at: paths)
    }

    /// The sources that are there now.
    func sources(with runner: some TaskRunner) async throws -> [SourceFile] {
        try await files.find(paths, with: runner)
    }

    /// The sources that are there now.
    ///
    /// - Throws: A ``UsageError`` if there are none.
    func existingSources(with runner: some TaskRunner) async throws -> [SourceFile] {
        let sources = try await sources(with: runner)
        guard !sources.isEmpty else {
            let list = paths.map(\.file.path).joined(separator: ", ")
            throw UsageError(message: "There are no '.proto' files in \(list).")
        }
        return sources
    }
}
