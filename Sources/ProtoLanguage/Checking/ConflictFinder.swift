/// Finds names that two files of one import graph declare.
///
/// Only names at the top of a file are compared: where two nested names meet, so do the names around them.
struct ConflictFinder {
    /// Something that a file claims a name for.
    private struct Claim {
        var file: Int
        var isPackage: Bool
    }

    private let graph: ImportGraph
    private var reachable: [Int: Set<Int>] = [:]

    private init(_ graph: ImportGraph) {
        self.graph = graph
    }

    /// The conflicts between the files of `graph`, whose names are `names`, in the same order.
    static func find(in graph: ImportGraph, names: [DeclaredNames]) -> [NameConflict] {
        var claims: [String: [Claim]] = [:]
        for (file, declared) in names.enumerated() {
            let package = declared.header.package
            for prefix in QualifiedName.prefixes(of: package) {
                claims[prefix, default: []].append(Claim(file: file, isPackage: true))
            }
            for path in declared.symbols.keys where !path.utf8.contains(ASCII.dot) {
                claims[QualifiedName.join(package, path), default: []].append(Claim(file: file, isPackage: false))
            }
        }
        var finder = ConflictFinder(graph)
        var result: [NameConflict] = []
        for (name, claims) in claims where claims.count > 1 && !claims.allSatisfy(\.isPackage) {
            result += finder.conflicts(over: name, claims)
        }
        return result.sorted { ($0.file, $0.name) < ($1.file, $1.name) }
    }

    private mutating func conflicts(over name: String, _ claims: [Claim]) -> [NameConflict] {
        var result: [NameConflict] = []
        for (position, first) in claims.enumerated() {
            for second in claims[(position + 1)...] where !(first.isPackage && second.isPackage) {
                guard first.file != second.file, let late = later(of: first.file, second.file) else {
                    continue
                }
                let (claim, other) = late == first.file ? (first, second) : (second, first)
                result.append(
                    NameConflict(file: claim.file, otherFile: other.file, name: name, isPackage: claim.isPackage)
                )
                // One mistake in the file is enough.
                break
            }
        }
        return result
    }

    /// Which of two files is read after the other by a file that sees both; nil if none does.
    private mutating func later(of first: Int, _ second: Int) -> Int? {
        if files(below: first).contains(second) {
            return first
        }
        if files(below: second).contains(first) {
            return second
        }
        for file in graph.files.indices {
            let below = files(below: file)
            if below.contains(first) && below.contains(second) {
                return order(of: first, second, from: file)
            }
        }
        return nil
    }

    private mutating func files(below file: Int) -> Set<Int> {
        if let known = reachable[file] {
            return known
        }
        let result = graph.reachable(from: file)
        reachable[file] = result
        return result
    }

    /// Which of two files comes last when `start` is read, imports first and in their order.
    private mutating func order(of first: Int, _ second: Int, from start: Int) -> Int {
        var file = start
        var visited: Set<Int> = []
        // Down to the file of which one import leads to both no more. Imports may lead back up.
        while visited.insert(file).inserted {
            var common: Int?
            for case let target? in graph.imports[file] {
                let below = files(below: target)
                switch (below.contains(first), below.contains(second)) {
                case (true, true): common = target
                case (true, false): return second
                case (false, true): return first
                case (false, false): continue
                }
                break
            }
            guard let common else {
                break
            }
            file = common
        }
        return second
    }
}
