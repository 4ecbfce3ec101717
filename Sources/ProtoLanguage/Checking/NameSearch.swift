/// The places at which a name is looked up, from the innermost scope outwards.
///
/// The language looks for the *first part* of a name alone. The innermost scope that has it decides where the rest is
/// looked for, even if the rest is not there and would be found further out.
struct NameSearch {
    /// One place to look at.
    struct Step {
        /// The full name of the first part.
        var first: String
        /// The full name of the whole.
        var whole: String
        /// Whether other files can declare names in the scope; they cannot in a message of this file.
        var isShared: Bool
    }

    /// Where a name leads.
    enum Result: Equatable {
        /// The full name, and what it stands for.
        case found(String, SymbolKind)
        /// Nothing; the full name is that of the scope that decided, when there is one.
        case missing(decidedBy: String?)
    }

    /// The places, in order.
    let steps: [Step]
    private let isCompound: Bool
    private let findsTypesOnly: Bool

    /// The search for the name of `reference` in a file of the package `package`.
    init(_ reference: Reference, package: String) {
        findsTypesOnly = reference.findsTypesOnly
        let name = reference.name
        guard name.utf8.first != ASCII.dot else {
            let absolute = String(name.dropFirst())
            isCompound = false
            steps = [Step(first: absolute, whole: absolute, isShared: true)]
            return
        }
        let first = name.utf8.firstIndex(of: ASCII.dot).map { String(name[..<$0]) } ?? name
        isCompound = first.utf8.count < name.utf8.count
        var steps: [Step] = []
        var scope = Substring(QualifiedName.join(package, reference.scope))
        while !scope.isEmpty {
            let isShared = scope.utf8.count <= package.utf8.count
            steps.append(Step(first: scope + "." + first, whole: scope + "." + name, isShared: isShared))
            scope = QualifiedName.parent(of: scope) ?? ""
        }
        steps.append(Step(first: first, whole: name, isShared: true))
        self.steps = steps
    }

    /// Follows the steps, asking `kind` what a full name stands for.
    func run(_ kind: (String) -> SymbolKind?) -> Result {
        for step in steps.dropLast() {
            guard let found = kind(step.first) else {
                continue
            }
            if isCompound {
                if found.isAggregate {
                    return kind(step.whole).map { .found(step.whole, $0) } ?? .missing(decidedBy: step.whole)
                }
            } else if found.isType || !findsTypesOnly {
                return .found(step.first, found)
            }
        }
        // The outermost scope is asked for the whole name.
        let name = steps[steps.count - 1].whole
        return kind(name).map { .found(name, $0) } ?? .missing(decidedBy: nil)
    }

    /// The full names that decide the search and that other files may declare.
    ///
    /// - Parameter kind: what this file and the packages in sight say of a full name.
    /// - Returns: the names, innermost first.
    func namesToAskFor(knowing kind: (String) -> SymbolKind?) -> [String] {
        var names: [String] = []
        for step in steps {
            let known = kind(step.first)
            if let known, known != .package, isCompound ? known.isAggregate : (known.isType || !findsTypesOnly) {
                // Nothing outside this file has a say.
                return names
            }
            guard step.isShared else {
                continue
            }
            names.append(step.whole)
            if isCompound {
                if known == .package {
                    return names
                }
                names.append(step.first)
            }
        }
        return names
    }
}
