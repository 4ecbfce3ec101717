/// A name that a source declares.
package struct Declaration {
    /// The path of what it is declared in, relative to the package; empty at the top of the file.
    package var scope: String
    /// The name itself.
    package var name: String
    /// What it stands for.
    package var kind: SymbolKind
    /// The name's place.
    package var site: Site
    /// The enum that an enum's value belongs to: the value is declared beside it, not in it.
    package var enumName: String?

    /// The path relative to the package.
    package var path: String { QualifiedName.join(scope, name) }
}
