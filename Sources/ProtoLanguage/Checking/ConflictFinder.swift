/// Finds names that two files of one import graph declare.
///
/// Two files may declare one name as long as no file sees both, however far away. Only names at the top of a file are
/// compared: where two nested names meet, so do the names around them.
struct ConflictFinder {
    /// The files that claim one name, each with whether it does so by its package alone.
    private typealias Claims = [Int: Bool]

    private let graph: ImportGraph
    private let reachable: [Set<Int>]
    private var conflicts: [NameConflict] = []

    private init(_ graph: ImportGraph) {
        self.graph = graph
        reachable = graph.files.indices.map { graph.reachable(from: $0) }
    }

    /// The conflicts between the files of `graph`, whose names are `names`, in the same order.
    static func find(in graph: ImportGraph, names: [DeclaredNames]) -> [NameConflict] {
        var claims: [String: Claims] = [:]
        for (file, declared) in names.enumerated() {
            let package = declared.header.package
            for prefix in QualifiedName.prefixes(of: package) {
                claims[prefix, default: [:]][file] = true
            }
            for path in declared.symbols.keys where !path.utf8.contains(ASCII.dot) {
                claims[QualifiedName.join(package, path), default: [:]][file] = false
            }
        }
        let doubtful = claims.filter { $0.value.count > 1 && $0.value.values.contains(false) }
        guard !doubtful.isEmpty else {
            return []
        }
        var finder = ConflictFinder(graph)
        for (name, claims) in doubtful {
            finder.findConflicts(over: name, claims)
        }
        return finder.conflicts.sorted { ($0.file, $0.name) < ($1.file, $1.name) }
    }

    private mutating func findConflicts(over name: String, _ claims: Claims) {
        var reported: Set<Set<Int>> = []
        for file in graph.files.indices {
            let below = reachable[file]
            let seen = below.count < claims.count ? below.filter { claims[$0] != nil } : below.intersection(claims.keys)
            guard seen.count > 1, seen.contains(where: { claims[$0] == false }) else {
                continue
            }
            let order = readingOrder(from: file).filter(seen.contains)
            for (position, late) in order.enumerated() {
                let isPackage = claims[late] ?? false
                let other = order[..<position].first { !isPackage || claims[$0] == false }
                if let other, reported.insert([late, other]).inserted {
                    conflicts.append(NameConflict(file: late, otherFile: other, name: name, isPackage: isPackage))
                }
            }
        }
    }

    /// The files in the order in which a compiler that starts with `start` has read them: imports first.
    private func readingOrder(from start: Int) -> [Int] {
        var result: [Int] = []
        var seen: Set<Int> = [start]
        var path: [(file: Int, next: Int)] = [(start, 0)]
        while let (file, next) = path.last {
            guard next < graph.imports[file].count else {
                result.append(file)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            if let target = graph.imports[file][next], seen.insert(target).inserted {
                path.append((target, 0))
            }
        }
        return result
    }
}
