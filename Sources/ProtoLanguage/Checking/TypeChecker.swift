/// Finds the mistakes in the names that a file uses for types.
///
/// It works in two steps, because what it needs of other files depends on what it finds: first it resolves every name;
/// then, told the extension ranges and the values of the enums that it has met, it checks what depends on them.
struct TypeChecker {
    /// A name that was resolved.
    struct Resolved {
        /// The use of the name.
        var reference: Reference
        /// The full name that it stands for.
        var target: String
        /// What that is.
        var kind: SymbolKind
    }

    /// A name that was not.
    struct Unresolved {
        /// The use of the name.
        var reference: Reference
        /// The places at which it was looked up.
        var search: NameSearch
        /// The full name that decided.
        var decidedBy: String?
    }

    /// The file.
    let syntax: SyntaxTree
    /// The names that stand for something.
    private(set) var resolved: [Resolved] = []
    /// The names that stand for nothing.
    private(set) var unresolved: [Unresolved] = []
    /// The mistakes so far.
    private(set) var diagnostics: [Diagnostic] = []

    /// Resolves the names that `references` use.
    init(_ syntax: SyntaxTree, references: [Reference], names: NamesInSight) {
        self.syntax = syntax
        for reference in references {
            let search = NameSearch(reference, package: names.package)
            switch search.run(names.kind(of:)) {
            case .found(let target, let kind):
                resolved.append(Resolved(reference: reference, target: target, kind: kind))
            case .missing(let decidedBy):
                unresolved.append(Unresolved(reference: reference, search: search, decidedBy: decidedBy))
            }
        }
    }

    /// Notes a mistake.
    mutating func report(_ site: Site, _ message: String) {
        diagnostics.append(Diagnostic(site, message))
    }

    /// Reports names that stand for nothing.
    ///
    /// - Parameters:
    ///   - file: the name of the file that is checked.
    ///   - hidden: the full names that files out of sight declare, with the names of those files.
    mutating func reportUnresolved(in file: String, hidden: [String: String]) {
        for entry in unresolved {
            let name = entry.reference.name
            let site = entry.reference.site
            if let step = entry.search.steps.first(where: { hidden[$0.whole] != nil }), let owner = hidden[step.whole] {
                report(
                    site,
                    "\"\(step.whole)\" seems to be defined in \"\(owner)\", which is not imported by \"\(file)\".  "
                        + "To use it here, please add the necessary import."
                )
            } else if let decidedBy = entry.decidedBy {
                report(
                    site,
                    "\"\(name)\" is resolved to \"\(decidedBy)\", which is not defined. The innermost scope is "
                        + "searched first in name resolution. Consider using a leading '.'(i.e., \".\(name)\") to "
                        + "start from the outermost scope."
                )
            } else {
                report(site, "\"\(name)\" is not defined.")
            }
        }
    }
}
