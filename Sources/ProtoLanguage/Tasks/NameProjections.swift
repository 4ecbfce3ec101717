import PIE

/// Which of some names a source declares.
///
/// A check asks each file that it sees for the names that it uses. It runs again when one of them appears, disappears
/// or becomes something else, and not when the file changes in any other way.
package struct NamesAmong: Projection {
    /// The paths, relative to the package of the source, in order.
    package var paths: [String]

    /// The projection to the names at `paths`.
    package init(_ paths: [String]) {
        self.paths = paths
    }

    /// Leaves out every name that was not asked for.
    package func project(_ output: DeclaredNames) -> [String: SymbolKind] {
        var result: [String: SymbolKind] = [:]
        for path in paths {
            result[path] = output.symbols[path]
        }
        return result
    }
}

/// The extension ranges of one message.
package struct ExtensionRangesOf: Projection {
    /// The path of the message, relative to the package of the source.
    package var message: String

    /// Leaves out every other message.
    package func project(_ output: DeclaredNames) -> [NumberBounds] { output.extensionRanges[message] ?? [] }
}

/// The values of one enum.
package struct ValuesOfEnum: Projection {
    /// The path of the enum, relative to the package of the source.
    package var name: String

    /// Leaves out every other enum.
    package func project(_ output: DeclaredNames) -> [String] { output.enumValues[name] ?? [] }
}
