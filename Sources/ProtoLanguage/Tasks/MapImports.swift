package import PIE

/// Follows the imports of some files and gives the graph that they make.
package struct MapImports: IncrementalTask {
    /// The files to start from.
    package var files: [SourceFile]
    /// The folders in which imports are looked for.
    package var roots: ImportRoots

    /// The task that starts from `files`.
    package init(_ files: [SourceFile], roots: ImportRoots) {
        self.files = files
        self.roots = roots
    }

    /// Visits the files level by level, each level in parallel.
    package func execute(in context: some Context) async throws -> ImportGraph {
        var builder = ImportGraphBuilder()
        var level = files.map { builder.add($0) }.filter(\.isNew).map(\.number)
        while !level.isEmpty {
            let headers = try await context.require(all: level.map { ReadHeader(builder.files[$0].location) })
            // One name is often imported by many files: it is looked for once.
            let names = Set(headers.flatMap { $0.imports.map(\.path) }).sorted()
            let locations = try await context.require(all: names.map { ResolveImport(name: $0, roots: roots) })
            let found = Dictionary(uniqueKeysWithValues: zip(names, locations))
            var next: [Int] = []
            for (importer, header) in zip(level, headers) {
                for path in header.imports.map(\.path) {
                    guard case let location?? = found[path] else {
                        builder.addImport(nil, to: importer)
                        continue
                    }
                    let (number, isNew) = builder.add(SourceFile(name: path, location: location))
                    builder.addImport(number, to: importer)
                    if isNew {
                        next.append(number)
                    }
                }
            }
            level = next
        }
        return builder.graph
    }
}

extension MapImports: CustomStringConvertible {
    /// The task and the number of files.
    package var description: String { "MapImports(\(files.count == 1 ? "1 file" : "\(files.count) files"))" }
}
