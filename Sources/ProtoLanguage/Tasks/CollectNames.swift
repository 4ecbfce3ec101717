package import PIE

/// Gathers the names that a source declares, for others to look up.
///
/// It requires the parse of this source alone and never anything of an import. So files that import each other make a
/// cycle of imports, which is a mistake to report, but no cycle of tasks.
package struct CollectNames: IncrementalTask {
    /// The source.
    package var source: SourceLocation

    /// The task for the source at `source`.
    package init(_ source: SourceLocation) {
        self.source = source
    }

    /// Gathers the names.
    package func execute(in context: some Context) async throws -> DeclaredNames {
        DeclaredNames(try await context.require(ParseFile(source), projecting: OutlineOfParse()))
    }
}

extension CollectNames: CustomStringConvertible {
    /// The task and the source.
    package var description: String { "CollectNames(\(source))" }
}
