package import PIE

/// Finds names that are declared by two files of which some file sees both.
package struct FindConflicts: IncrementalTask {
    /// The files from which to follow the imports.
    package var files: [SourceFile]
    /// The folders in which imports are looked for.
    package var roots: ImportRoots

    /// The task for what `files` import.
    package init(_ files: [SourceFile], roots: ImportRoots) {
        self.files = files
        self.roots = roots
    }

    /// Compares the names of all files.
    package func execute(in context: some Context) async throws -> [NameConflict] {
        let graph = try await context.require(MapImports(files, roots: roots))
        let names = try await context.require(all: graph.files.map { CollectNames($0.location) })
        return ConflictFinder.find(in: graph, names: names)
    }
}

extension FindConflicts: CustomStringConvertible {
    /// The task and the number of files.
    package var description: String { "FindConflicts(\(files.count == 1 ? "1 file" : "\(files.count) files"))" }
}
