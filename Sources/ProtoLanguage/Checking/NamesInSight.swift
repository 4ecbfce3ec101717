/// What the names in a file can stand for: what the file declares itself, and what it sees of other files.
struct NamesInSight {
    /// The package of the file.
    let package: String
    /// The full names that the file declares.
    private let own: [String: SymbolKind]
    /// The packages of the file and of the files it sees, with all that are around them.
    private var packages: Set<String>
    /// The full names that were asked for and found in other files, with the number of the file.
    private(set) var imported: [String: (kind: SymbolKind, file: Int)] = [:]

    /// The names in sight of a file without imports.
    init(_ names: DeclaredNames) {
        let package = names.header.package
        self.package = package
        own = Dictionary(uniqueKeysWithValues: names.symbols.map { (QualifiedName.join(package, $0), $1) })
        packages = Set(QualifiedName.prefixes(of: package))
    }

    /// Adds the package of a file that is seen.
    mutating func add(package: String) {
        packages.formUnion(QualifiedName.prefixes(of: package))
    }

    /// Adds names found in the file number `file`, given by their paths relative to `package`.
    mutating func add(_ symbols: [String: SymbolKind], of package: String, file: Int) {
        for (path, kind) in symbols {
            let name = QualifiedName.join(package, path)
            // Two declarations of one name are reported elsewhere; the first import counts.
            if imported[name].map({ file < $0.file }) ?? true {
                imported[name] = (kind, file)
            }
        }
    }

    /// What the full name `name` stands for.
    func kind(of name: String) -> SymbolKind? {
        if let kind = own[name] {
            return kind
        }
        if let found = imported[name] {
            return found.kind
        }
        return packages.contains(name) ? .package : nil
    }

    /// The number of the other file that declares the full name `name`; nil for the file itself.
    func file(declaring name: String) -> Int? {
        own[name] == nil ? imported[name]?.file : nil
    }

    /// The paths, relative to the package `package`, of those of `names` that a file of that package can declare.
    static func paths(of names: Set<String>, in package: String) -> [String] {
        guard !package.isEmpty else {
            return names.sorted()
        }
        let prefix = package + "."
        let length = prefix.utf8.count
        return names.lazy.filter { $0.utf8.starts(with: prefix.utf8) }.map { name in
            String(name[name.utf8.index(name.startIndex, offsetBy: length)...])
        }.sorted()
    }
}
