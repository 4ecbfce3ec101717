/// The names that a file declares, as they come: what of a syntax tree the rest of the world can see.
///
/// Types of fields, numbers of fields, options and the like are no part of it. So an edit of them leaves it as it is.
package struct Outline: Equatable, Codable, Sendable {
    /// The package and the imports.
    package var header: FileHeader
    /// The paths of the declarations, relative to the package.
    package var paths: [String] = []
    /// What the paths stand for, in the same order.
    package var kinds: [SymbolKind] = []
    /// The extension ranges of the messages that have some.
    package var extensionRanges: [String: [NumberBounds]] = [:]
    /// The values of each enum.
    package var enumValues: [String: [String]] = [:]

    /// The outline of `syntax`.
    package init(_ syntax: SyntaxTree) {
        header = FileHeader(syntax)
        var paths: [String] = []
        var kinds: [SymbolKind] = []
        var enumValues: [String: [String]] = [:]
        syntax.forEachDeclaration { declaration in
            paths.append(declaration.path)
            kinds.append(declaration.kind)
            if let enumName = declaration.enumName {
                enumValues[QualifiedName.join(declaration.scope, enumName), default: []].append(declaration.name)
            }
        }
        self.paths = paths
        self.kinds = kinds
        self.enumValues = enumValues
        for message in syntax.messages {
            collectRanges(of: message, in: "")
        }
    }

    private mutating func collectRanges(of message: MessageDeclaration, in scope: String) {
        let path = QualifiedName.join(scope, message.name)
        if !message.extensionRanges.isEmpty {
            let largest = FieldNumber.maximum(inMessageSet: message.isMessageSet)
            extensionRanges[path] = message.extensionRanges.map {
                NumberBounds(first: $0.first, last: $0.last ?? largest)
            }
        }
        for nested in message.messages {
            collectRanges(of: nested, in: path)
        }
    }
}
