import PIE

/// The syntax tree of a parse, without positions.
package struct SyntaxOfParse: Projection {
    /// The projection.
    package init() {}

    /// Leaves out where things stand.
    package func project(_ output: ParsedFile) -> SyntaxTree { output.syntax }
}

/// The names that a parsed source declares.
package struct OutlineOfParse: Projection {
    /// The projection.
    package init() {}

    /// Leaves out everything but names.
    package func project(_ output: ParsedFile) -> Outline { Outline(output.syntax) }
}

/// The package and the imports of a parsed source.
package struct HeaderOfParse: Projection {
    /// The projection.
    package init() {}

    /// Leaves out everything but the header.
    package func project(_ output: ParsedFile) -> FileHeader { FileHeader(output.syntax) }
}
