package import PIE

/// Reads a source and parses it.
///
/// This is the only task that knows positions. Who checks requires it through a projection that leaves them out.
package struct ParseFile: IncrementalTask {
    /// The source.
    package var source: SourceLocation

    /// The task for the source at `source`.
    package init(_ source: SourceLocation) {
        self.source = source
    }

    /// Parses the source; what is wrong with it, and also that it is missing, is part of the output.
    package func execute(in context: some Context) async throws -> ParsedFile {
        switch source {
        case .builtIn(let name):
            return Parser.parse(Array((BuiltInSources.text(of: name) ?? "").utf8))
        case .file(let file):
            guard let bytes = try await context.read(file, stamper: .content) else {
                var result = ParsedFile()
                result.syntax.isIncomplete = true
                result.diagnostics = [SyntaxDiagnostic(position: .start, message: "File not found.")]
                return result
            }
            return Parser.parse(bytes)
        }
    }
}

extension ParseFile: CustomStringConvertible {
    /// The task and the source.
    package var description: String { "ParseFile(\(source))" }
}
