package import PIE

/// Finds the file that an import names.
///
/// Whether each candidate exists is a dependency. So a file that is created later is found then, by every import.
package struct ResolveImport: IncrementalTask {
    /// The name, as the import spells it.
    package var name: String
    /// The folders to look in.
    package var roots: ImportRoots

    /// The task for the import `name`.
    package init(name: String, roots: ImportRoots) {
        self.name = name
        self.roots = roots
    }

    /// Looks in one folder after the other, and last among the sources that this package brings along.
    package func execute(in context: some Context) async throws -> SourceLocation? {
        guard Self.isCanonical(name) else {
            return nil
        }
        for folder in roots.folders {
            let file = ImportRoots.file(named: name, in: folder)
            if try await context.exists(file) {
                return .file(file)
            }
        }
        return BuiltInSources.text(of: name) == nil ? nil : .builtIn(name)
    }

    /// Whether `name` is written in the one way that the language allows for a file.
    package static func isCanonical(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return !name.contains("\\") && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

extension ResolveImport: CustomStringConvertible {
    /// The task and the name.
    package var description: String { "ResolveImport(\(name))" }
}

extension Context {
    /// Whether there is a file, and depends on that alone.
    fileprivate func exists(_ file: File) async throws -> Bool {
        do {
            return try await read(file, stamper: .exists) != nil
        } catch let error as BuildError {
            // A folder of that name is not the file that was looked for.
            guard case .fileSystem = error.kind else {
                throw error
            }
            return false
        }
    }
}
