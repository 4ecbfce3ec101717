/// Names with dots.
enum QualifiedName {
    /// `name` in `scope`, of which either may be empty.
    static func join(_ scope: String, _ name: String) -> String {
        if scope.isEmpty || name.isEmpty {
            return scope + name
        }
        return scope + "." + name
    }

    /// The scope around `scope`; nil for the outermost.
    static func parent(of scope: Substring) -> Substring? {
        guard !scope.isEmpty else {
            return nil
        }
        return scope.utf8.lastIndex(of: ASCII.dot).map { scope[..<$0] } ?? ""
    }

    /// `name` and everything around it: `a.b.c`, `a.b`, `a`.
    static func prefixes(of name: String) -> [String] {
        var result: [String] = []
        var rest = Substring(name)
        while !rest.isEmpty {
            result.append(String(rest))
            rest = parent(of: rest) ?? ""
        }
        return result
    }
}
