import PIE

extension Oracle.Program {
    /// The tasks that may write each file.
    var writers: [File: Set<Int>] {
        uses { if case .write(let file) = $0 { [file] } else { [] } }
    }

    /// The tasks that may read each generated file, or see it in its folder.
    var readers: [File: Set<Int>] {
        uses { instruction in
            switch instruction {
            case .read(let file, _), .depend(let file): generated.contains(file) ? [file] : []
            case .list(let listing): generated.filter(listing.shows)
            default: []
            }
        }
    }

    /// The tasks that a task may ask for.
    func mentioned(by task: Int) -> Set<Int> {
        Set(
            tasks[task].flatMap(\.flat).flatMap { instruction -> [Int] in
                switch instruction {
                case .require(let other, _), .attempt(let other): [other]
                case .all(let others, _), .choose(let others): others
                case .pair(let first, let second), .together(let first, let second): [first, second]
                default: []
                }
            }
        )
    }

    /// A task and everything that may be reached from it.
    func reach(of task: Int) -> Set<Int> {
        var found: Set<Int> = []
        var open = [task]
        while let next = open.popLast() {
            if found.insert(next).inserted { open += mentioned(by: next) }
        }
        return found
    }

    /// Whether a task may fail by itself, or because of what it requires.
    func mayFail(_ task: Int) -> Bool { reach(of: task).contains { tasks[$0].contains { $0.canFail } } }

    /// Whether a task may come to require itself.
    var mayHaveCycle: Bool {
        tasks.indices.contains { task in mentioned(by: task).contains { reach(of: $0).contains(task) } }
    }

    private func uses(_ files: (Oracle.Instruction) -> [File]) -> [File: Set<Int>] {
        var users: [File: Set<Int>] = [:]
        for (task, code) in tasks.enumerated() {
            for file in code.flatMap(\.flat).flatMap(files) { users[file, default: []].insert(task) }
        }
        return users
    }
}

extension Oracle.Instruction {
    /// The instruction and those in its branches.
    fileprivate var flat: [Self] {
        guard case .branch(let yes, let no) = self else { return [self] }
        return (yes + no).flatMap(\.flat)
    }
}
