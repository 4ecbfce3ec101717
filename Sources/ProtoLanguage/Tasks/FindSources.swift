package import PIE

/// Finds the sources in a folder and the folders below it.
package struct FindSources: IncrementalTask {
    /// The folder.
    package var folder: File

    /// The task for `folder`.
    package init(_ folder: File) {
        self.folder = folder
    }

    /// Lists the sources, sorted; folders and files whose names start with a dot are left out.
    package func execute(in context: some Context) async throws -> [File] {
        let names = try await context.read(DirectoryListing(folder.path, matching: "*.proto", recursive: true)) ?? []
        let visible = names.filter { name in
            name.split(separator: "/").allSatisfy { !$0.hasPrefix(".") }
        }
        return visible.map { ImportRoots.file(named: $0, in: folder) }
    }
}

extension FindSources: CustomStringConvertible {
    /// The task and the folder.
    package var description: String { "FindSources(\(folder.path))" }
}
