import PIE

/// Checks some files and everything that they import, and puts the mistakes in their places.
///
/// This is no task: it joins checks, which know no positions, with parses, which know nothing else. So it is the one
/// part of the work that is done again when a comment is edited.
package struct ProjectCheck: Sendable {
    /// The files.
    package var files: [SourceFile]
    /// The folders in which imports are looked for.
    package var roots: ImportRoots

    /// The check of `files`.
    package init(files: [SourceFile], roots: ImportRoots) {
        self.files = files
        self.roots = roots
    }

    /// Runs the tasks and gathers what they found.
    ///
    /// - Parameter runner: runs the tasks.
    /// - Returns: the files that were checked and the mistakes in them.
    /// - Throws: what the tasks throw.
    package func run(with runner: some TaskRunner) async throws -> ProjectReport {
        let graph = try await runner.require(MapImports(files, roots: roots))
        // What comes along with this package has been checked.
        let numbers = graph.files.indices.filter { index in
            if case .file = graph.files[index].location {
                return true
            }
            return false
        }
        let checks = try await runner.require(all: numbers.map { CheckFile(graph.files[$0], roots: roots) })
        let parses = try await runner.require(all: numbers.map { ParseFile(graph.files[$0].location) })
        let conflicts = try await runner.require(FindConflicts(files, roots: roots))

        var report = ProjectReport()
        for ((number, parse), check) in zip(zip(numbers, parses), checks) {
            var found = parse.diagnostics
            found += check.map { SyntaxDiagnostic(position: parse.position(of: $0.site), message: $0.message) }
            for cycle in graph.cycles where cycle.file == number {
                found.append(describe(cycle, in: parse))
            }
            for conflict in conflicts where conflict.file == number {
                found.append(describe(conflict, in: parse, graph: graph))
            }
            report.add(found, to: graph.files[number])
        }
        return report
    }

    private func describe(_ cycle: ImportGraph.Cycle, in parse: ParsedFile) -> SyntaxDiagnostic {
        let path = cycle.path.joined(separator: " -> ")
        return SyntaxDiagnostic(
            position: parse.position(of: parse.syntax.imports[cycle.importIndex].site),
            message: "File recursively imports itself: \(path)"
        )
    }

    private func describe(
        _ conflict: NameConflict,
        in parse: ParsedFile,
        graph: ImportGraph
    ) -> SyntaxDiagnostic {
        let other = graph.files[conflict.otherFile].name
        if conflict.isPackage, let package = parse.syntax.package {
            return SyntaxDiagnostic(
                position: parse.position(of: package.site),
                message: "\"\(conflict.name)\" is already defined (as something other than a package) in file "
                    + "\"\(other)\"."
            )
        }
        var site: Site?
        parse.syntax.forEachDeclaration { declaration in
            if QualifiedName.join(parse.syntax.packageName, declaration.path) == conflict.name {
                site = site ?? declaration.site
            }
        }
        return SyntaxDiagnostic(
            position: site.map(parse.position(of:)) ?? .start,
            message: "\"\(conflict.name)\" is already defined in file \"\(other)\"."
        )
    }
}
