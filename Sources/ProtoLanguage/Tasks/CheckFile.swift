package import PIE

/// Checks one source: what it declares, and every name that it uses.
///
/// The output has no positions, and nothing that the task requires has any. Of the files that the source sees it
/// requires the headers and the names that decide what its own names stand for.
package struct CheckFile: IncrementalTask {
    /// The source.
    package var file: SourceFile
    /// The folders in which imports are looked for.
    package var roots: ImportRoots

    /// The task for `file`.
    package init(_ file: SourceFile, roots: ImportRoots) {
        self.file = file
        self.roots = roots
    }

    /// Finds the mistakes.
    package func execute(in context: some Context) async throws -> [Diagnostic] {
        let syntax = try await context.require(ParseFile(file.location), projecting: SyntaxOfParse())
        guard syntax.version != .unsupported else {
            return []
        }
        let own = DeclaredNames(Outline(syntax))
        let sight = try await FilesInSight.find(from: own.header, roots: roots, in: context)
        var diagnostics = FileChecker.check(syntax)
        diagnostics += missingImports(sight.missing, in: syntax)

        let references = syntax.references
        var names = NamesInSight(own)
        for seen in sight.files {
            names.add(package: seen.header.package)
        }
        let wanted = references.reduce(into: Set<String>()) { wanted, reference in
            let search = NameSearch(reference, package: names.package)
            wanted.formUnion(search.namesToAskFor(knowing: names.kind(of:)))
        }
        for (index, seen) in sight.files.enumerated() {
            let found = try await seen.lookUp(wanted, in: context)
            names.add(found, of: seen.header.package, file: index)
        }

        var types = TypeChecker(syntax, references: references, names: names)
        types.checkKinds()
        let facts = try await facts(neededBy: types, names: names, own: own, sight: sight, in: context)
        types.checkDefaults(values: facts.values)
        types.checkExtensions(ranges: facts.ranges)
        if !types.unresolved.isEmpty {
            let hidden = try await hiddenNames(neededBy: types, sight: sight, in: context)
            types.reportUnresolved(in: file.name, hidden: hidden)
        }
        return diagnostics + types.diagnostics
    }

    private func missingImports(_ missing: [Int], in syntax: SyntaxTree) -> [Diagnostic] {
        missing.map { index in
            let declaration = syntax.imports[index]
            let reason: String
            if ResolveImport.isCanonical(declaration.path) {
                let places = roots.folders.map { "\"\($0.path)\"" }.joined(separator: ", ")
                reason = "was not found; looked for it in \(places)."
            } else {
                let parts = "backslashes, consecutive slashes, \".\" and \"..\""
                reason = "was not found: \(parts) are not allowed in its name."
            }
            return Diagnostic(declaration.site, "Import \"\(declaration.path)\" \(reason)")
        }
    }

    /// Asks the files that declare the types in question for what has to be known of them.
    private func facts(
        neededBy types: TypeChecker,
        names: NamesInSight,
        own: DeclaredNames,
        sight: FilesInSight,
        in context: some Context
    ) async throws -> (ranges: [String: [NumberBounds]], values: [String: [String]]) {
        var ranges: [String: [NumberBounds]] = [:]
        var values: [String: [String]] = [:]
        for (type, fact) in types.neededFacts {
            let owner = names.file(declaring: type).map { sight.files[$0] }
            let package = owner?.header.package ?? own.header.package
            let path = package.isEmpty ? type : String(type.dropFirst(package.count + 1))
            switch (fact, owner) {
            case (.extensionRanges, nil):
                ranges[type] = ExtensionRangesOf(message: path).project(own)
            case (.enumValues, nil):
                values[type] = ValuesOfEnum(name: path).project(own)
            case (.extensionRanges, let owner?):
                let projection = ExtensionRangesOf(message: path)
                ranges[type] = try await context.require(CollectNames(owner.file.location), projecting: projection)
            case (.enumValues, let owner?):
                let projection = ValuesOfEnum(name: path)
                values[type] = try await context.require(CollectNames(owner.file.location), projecting: projection)
            }
        }
        return (ranges, values)
    }

    /// Looks for the names that were not found in the files that are imported somewhere below, but not in sight.
    private func hiddenNames(
        neededBy types: TypeChecker,
        sight: FilesInSight,
        in context: some Context
    ) async throws -> [String: String] {
        var wanted: Set<String> = []
        for entry in types.unresolved {
            wanted.formUnion(entry.search.steps.filter(\.isShared).map(\.whole))
        }
        var result: [String: String] = [:]
        for file in try await sight.hiddenFiles(from: self.file, roots: roots, in: context) {
            for path in try await file.lookUp(wanted, in: context).keys {
                let name = QualifiedName.join(file.header.package, path)
                result[name] = result[name] ?? file.file.name
            }
        }
        return result
    }
}

extension CheckFile: CustomStringConvertible {
    /// The task and the source.
    package var description: String { "CheckFile(\(file.location))" }
}
