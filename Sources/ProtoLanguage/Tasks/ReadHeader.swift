package import PIE

/// Gives the package and the imports of a source.
package struct ReadHeader: IncrementalTask {
    /// The source.
    package var source: SourceLocation

    /// The task for the source at `source`.
    package init(_ source: SourceLocation) {
        self.source = source
    }

    /// Takes the header out of the parse.
    package func execute(in context: some Context) async throws -> FileHeader {
        try await context.require(ParseFile(source), projecting: HeaderOfParse())
    }
}

extension ReadHeader: CustomStringConvertible {
    /// The task and the source.
    package var description: String { "ReadHeader(\(source))" }
}
