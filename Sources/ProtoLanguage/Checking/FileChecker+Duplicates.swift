/// Names that are declared twice in one file.
extension FileChecker {
    /// Reports every declaration of a name that the file has declared before.
    mutating func checkDuplicates() {
        var owners: [String: String?] = [:]
        var found: [Diagnostic] = []
        let package = syntax.packageName
        syntax.forEachDeclaration { declaration in
            let path = declaration.path
            guard let earlier = owners.updateValue(declaration.enumName, forKey: path) else {
                return
            }
            owners[path] = earlier
            let scope = QualifiedName.join(package, declaration.scope)
            var message = "\"\(declaration.name)\" is already defined\(scope.isEmpty ? "" : " in \"\(scope)\"")."
            if let enumName = declaration.enumName, enumName != earlier {
                message += " " + Self.scopingNote(value: declaration.name, scope: scope, enumName: enumName)
            }
            found.append(Diagnostic(declaration.site, message))
        }
        for diagnostic in found {
            report(diagnostic.site, diagnostic.message)
        }
    }

    /// Why the value of an enum collides with something outside the enum.
    static func scopingNote(value: String, scope: String, enumName: String) -> String {
        let place = scope.isEmpty ? "the global scope" : "\"\(scope)\""
        return "Note that enum values use C++ scoping rules, meaning that enum values are siblings of their type, not "
            + "children of it.  Therefore, \"\(value)\" must be unique within \(place), not just within "
            + "\"\(enumName)\"."
    }
}
