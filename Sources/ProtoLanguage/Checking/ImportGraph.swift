/// Which file imports which.
package struct ImportGraph: Equatable, Codable, Sendable {
    /// An import that leads back to its own file.
    package struct Cycle: Equatable, Codable, Sendable {
        /// The number of the file.
        package var file: Int
        /// Which of its imports leads back.
        package var importIndex: Int
        /// The names of the files on the way, from the file to itself.
        package var path: [String]
    }

    /// The files, each once.
    package private(set) var files: [SourceFile] = []
    /// For each file and each of its imports the number of the imported file; nil where there is none.
    package private(set) var imports: [[Int?]] = []
    /// The imports that lead back to their own files, one for each such file.
    package private(set) var cycles: [Cycle] = []
    /// The graph of `files`, each with its imports.
    package init(files: [SourceFile], imports: [[Int?]]) {
        self.files = files
        self.imports = imports
        for component in StronglyConnectedComponents.find(in: imports) {
            let members = Set(component)
            cycles += component.compactMap { cycle(through: $0, within: members) }
        }
        cycles.sort { $0.file < $1.file }
    }

    /// The shortest way from `file` back to itself that stays within `members`.
    private func cycle(through file: Int, within members: Set<Int>) -> Cycle? {
        var cameFrom: [Int: (file: Int, importIndex: Int)] = [:]
        var queue = [file]
        var next = 0
        while next < queue.count {
            let current = queue[next]
            next += 1
            for (importIndex, target) in imports[current].enumerated() {
                guard let target, members.contains(target), cameFrom[target] == nil else {
                    continue
                }
                cameFrom[target] = (current, importIndex)
                queue.append(target)
            }
        }
        guard var step = cameFrom[file] else {
            return nil
        }
        var path = [files[file].name]
        while step.file != file, let earlier = cameFrom[step.file] {
            path.append(files[step.file].name)
            step = earlier
        }
        path.append(files[file].name)
        return Cycle(file: file, importIndex: step.importIndex, path: path.reversed())
    }

    /// Every file that can be reached from the file number `start`, itself included.
    package func reachable(from start: Int) -> Set<Int> {
        var seen: Set<Int> = [start]
        var stack = [start]
        while let file = stack.popLast() {
            for case let target? in imports[file] where seen.insert(target).inserted {
                stack.append(target)
            }
        }
        return seen
    }
}
