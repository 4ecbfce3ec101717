/// Finds the mistakes in one file that can be seen without looking at another.
struct FileChecker {
    /// The file.
    let syntax: SyntaxTree
    /// The mistakes so far.
    private(set) var diagnostics: [Diagnostic] = []

    private init(_ syntax: SyntaxTree) {
        self.syntax = syntax
    }

    /// The mistakes in `syntax`.
    static func check(_ syntax: SyntaxTree) -> [Diagnostic] {
        var checker = FileChecker(syntax)
        checker.checkImports()
        checker.checkDuplicates()
        for message in syntax.messages {
            checker.check(message, in: syntax.packageName)
        }
        for declaration in syntax.enums {
            checker.check(declaration, in: syntax.packageName)
        }
        for block in syntax.extends {
            checker.check(block, in: syntax.packageName)
        }
        return checker.diagnostics
    }

    /// Notes a mistake.
    mutating func report(_ site: Site, _ message: String) {
        diagnostics.append(Diagnostic(site, message))
    }

    private mutating func checkImports() {
        var seen: Set<String> = []
        for declaration in syntax.imports where !seen.insert(declaration.path).inserted {
            report(declaration.site, "Import \"\(declaration.path)\" was listed twice.")
        }
    }
}
