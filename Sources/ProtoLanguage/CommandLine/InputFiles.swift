import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns the paths of a command line into sources with the names by which others import them.
package struct InputFiles {
    /// What is at a path.
    enum PathKind {
        case file
        case folder
    }

    private let roots: ImportRoots
    private let workingFolder: String
    /// What the absolute path of a file begins with if it lies in a root, for each root.
    private let prefixes: [String]
    private let exists: (String) -> PathKind?

    /// The inputs of a command line.
    ///
    /// - Parameter roots: the folders in which imports are looked for.
    package init(roots: ImportRoots) {
        self.init(roots: roots, workingFolder: Self.currentFolder, exists: Self.kind(ofPath:))
    }

    /// The inputs of a command line in a given world.
    init(roots: ImportRoots, workingFolder: String, exists: @escaping (String) -> PathKind?) {
        self.roots = roots
        self.workingFolder = workingFolder
        self.exists = exists
        prefixes = roots.folders.map { folder in
            let path = Self.absolute(folder, in: workingFolder)
            return path == "/" ? path : path + "/"
        }
    }

    /// What there is at `paths` now.
    ///
    /// - Parameter paths: Files and folders.
    /// - Returns: Which of them are files and which are folders.
    /// - Throws: A ``UsageError`` for a path that does not exist.
    func look(at paths: [String]) throws(UsageError) -> [WatchedPath] {
        var found: [WatchedPath] = []
        for path in paths {
            switch exists(path) {
            case nil: throw UsageError(message: "'\(path)' does not exist.")
            case .file: found.append(.file(File(path)))
            case .folder: found.append(.folder(File(path)))
            }
        }
        return found
    }

    /// The sources that `paths` stand for, each once, in the order of their names within each path.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - runner: Searches the folders.
    /// - Returns: The sources.
    /// - Throws: A ``UsageError`` for a path that does not exist or lies under no root; what the search throws.
    package func find(_ paths: [String], with runner: some TaskRunner) async throws -> [SourceFile] {
        try await find(try look(at: paths), with: runner)
    }

    /// The sources that `paths` stand for, as they were when somebody looked: a file that is gone by now is among them.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - runner: Searches the folders.
    /// - Returns: The sources, each once, in the order of their names within each path.
    /// - Throws: A ``UsageError`` for a path that lies under no root; what the search throws.
    func find(_ paths: [WatchedPath], with runner: some TaskRunner) async throws -> [SourceFile] {
        var result: [SourceFile] = []
        var seen: Set<SourceLocation> = []
        for path in paths {
            let files =
                switch path {
                case .file(let file): [file]
                case .folder(let folder): try await runner.require(FindSources(folder))
                }
            for file in files {
                let source = try source(for: file)
                if seen.insert(source.location).inserted {
                    result.append(source)
                }
            }
        }
        return result
    }

    /// The source at `file`, named as seen from the first root that it lies in.
    func source(for file: File) throws(UsageError) -> SourceFile {
        let path = Self.absolute(file, in: workingFolder)
        for (index, root) in roots.folders.enumerated() {
            guard path.utf8.starts(with: prefixes[index].utf8) else {
                continue
            }
            let name = String(Substring(path.utf8.dropFirst(prefixes[index].utf8.count)))
            for earlier in roots.folders[..<index] {
                let other = ImportRoots.file(named: name, in: earlier)
                if exists(other.path) == .file {
                    throw UsageError(
                        message: "'\(file.path)' is shadowed by '\(other.path)': an import of '\(name)' finds the "
                            + "latter. Check that one, or give the import roots in another order."
                    )
                }
            }
            return SourceFile(name: name, location: .file(ImportRoots.file(named: name, in: root)))
        }
        let list = roots.folders.map { "'\($0.path)'" }.joined(separator: ", ")
        throw UsageError(
            message: "'\(file.path)' does not lie under any import root (\(list)). Give the folder that its imports "
                + "start from with -I."
        )
    }

    private static func absolute(_ file: File, in workingFolder: String) -> String {
        file.path.hasPrefix("/") ? file.path : File(workingFolder + "/" + file.path).path
    }

    private static var currentFolder: String {
        guard let pointer = getcwd(nil, 0) else {
            return "/"
        }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func kind(ofPath path: String) -> PathKind? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return nil
        }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }
}
