import PIE

/// The files whose names a source can use: those it imports, and those that they import publicly, and so on.
struct FilesInSight {
    /// A file with its package and its imports.
    struct SeenFile {
        /// The file.
        var file: SourceFile
        /// Its package and its imports.
        var header: FileHeader

        /// Which of the full names `wanted` the file declares, by their paths relative to its package.
        func lookUp(_ wanted: Set<String>, in context: some Context) async throws -> [String: SymbolKind] {
            let paths = NamesInSight.paths(of: wanted, in: header.package)
            // A file that cannot declare any of the names is not asked, and its names are no dependency.
            guard !paths.isEmpty else {
                return [:]
            }
            return try await context.require(CollectNames(file.location), projecting: NamesAmong(paths))
        }
    }

    /// The files, each once.
    private(set) var files: [SeenFile] = []
    /// The indices of the source's imports that name no file.
    private(set) var missing: [Int] = []

    /// Finds the files in sight of a source with the header `header`.
    static func find(
        from header: FileHeader,
        roots: ImportRoots,
        in context: some Context
    ) async throws -> FilesInSight {
        var result = FilesInSight()
        let locations = try await context.require(
            all: header.imports.map { ResolveImport(name: $0.path, roots: roots) }
        )
        var queue: [SourceFile] = []
        for (index, (declaration, location)) in zip(header.imports, locations).enumerated() {
            if let location {
                queue.append(SourceFile(name: declaration.path, location: location))
            } else {
                result.missing.append(index)
            }
        }
        result.files = try await reach(from: queue, besides: [], publicOnly: true, roots: roots, in: context)
        return result
    }

    /// The files that are imported by those in sight, however far away, and are not in sight themselves.
    func hiddenFiles(
        from file: SourceFile,
        roots: ImportRoots,
        in context: some Context
    ) async throws -> [SeenFile] {
        let seen = Set(files.map(\.file.location)).union([file.location])
        var queue: [SourceFile] = []
        for file in files {
            queue += try await Self.imports(of: file.header, publicOnly: false, roots: roots, in: context)
        }
        return try await Self.reach(from: queue, besides: seen, publicOnly: false, roots: roots, in: context)
    }

    private static func reach(
        from start: [SourceFile],
        besides excluded: Set<SourceLocation>,
        publicOnly: Bool,
        roots: ImportRoots,
        in context: some Context
    ) async throws -> [SeenFile] {
        var seen = excluded
        var result: [SeenFile] = []
        var queue = start
        var next = 0
        while next < queue.count {
            let file = queue[next]
            next += 1
            guard seen.insert(file.location).inserted else {
                continue
            }
            let header = try await context.require(ReadHeader(file.location))
            result.append(SeenFile(file: file, header: header))
            queue += try await imports(of: header, publicOnly: publicOnly, roots: roots, in: context)
        }
        return result
    }

    private static func imports(
        of header: FileHeader,
        publicOnly: Bool,
        roots: ImportRoots,
        in context: some Context
    ) async throws -> [SourceFile] {
        let names = header.imports.filter { $0.isPublic || !publicOnly }.map(\.path)
        let locations = try await context.require(all: names.map { ResolveImport(name: $0, roots: roots) })
        return zip(names, locations).compactMap { name, location in
            location.map { SourceFile(name: name, location: $0) }
        }
    }
}
