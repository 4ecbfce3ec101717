@testable import PIE

extension Oracle {
    /// What the model says of hidden dependencies and overlaps (R10, R11), task by task in the order of one build.
    ///
    /// Careful programs need no judge. Of careless ones it finds each conflict that a build from scratch has, which any
    /// build has then. Who of two tasks is told depends on their order; and a task that was not reached may count or
    /// not: see ``suspects(after:)``.
    struct FileLaw: Sendable {
        /// A task reads, lists or writes a file that another one may write, or read, and which it has not reached.
        struct Access: Hashable, Sendable {
            var task: Int
            var other: Int
            var file: File
            /// Whether the other one had not been come to: if it has the file from before, its claim lapses.
            var isEarly: Bool
        }

        /// How far tasks have come.
        struct Progress {
            var outcomes: [Int: Outcome]
            var open: Set<Int>
        }

        private struct Read {
            var file: File
            var reached: Set<Int>
            var isListing: Bool
        }

        let isCareful: Bool

        /// The tasks that may read, and may write, each file.
        let readers: [File: Set<Int>]
        let writers: [File: Set<Int>]

        private(set) var conflicts: Set<Conflict> = []
        private(set) var accesses: Set<Access> = []
        /// Accesses to files of tasks that are above from scratch: an update may come to them the other way round.
        private(set) var accessesFromBelow: Set<Access> = []
        private var reads: [Int: [Read]] = [:]
        private var writes: [Int: Set<File>] = [:]
        private var providers: [File: Int] = [:]
        private var consistent: Set<Int> = []

        init(_ program: Program, _ writers: [File: Set<Int>]) {
            isCareful = !program.isCareless
            self.writers = writers
            readers = isCareful ? [:] : program.readers
        }

        // MARK: Judging

        mutating func read(
            _ file: File,
            by task: Int,
            _ reached: Set<Int>,
            _ progress: Progress,
            isListing: Bool = false
        ) throws {
            if isCareful { return }
            note(file, by: task, (writers[file] ?? []).subtracting(reached), progress)
            reads[task, default: []].append(Read(file: file, reached: reached, isListing: isListing))
            guard let provider = providers[file], provider != task, !reached.contains(provider) else { return }
            throw find([.hidden(reader: task, provider: provider, file)])
        }

        mutating func write(_ file: File, by task: Int, _ progress: Progress) throws {
            if isCareful { return }
            note(file, by: task, (writers[file] ?? []).union(readers[file] ?? []), progress)
            if reads[task]?.contains(where: { $0.file == file && !$0.isListing }) ?? false {
                throw find([.writeAfterRead(task, file)])
            }
            let found = conflictsOfProviding(file, by: task)
            if !found.isEmpty { throw find(found) }
            writes[task, default: []].insert(file)
        }

        /// Judges a task that has come to its end.
        mutating func commit(_ task: Int) -> Conflict? {
            if isCareful { return nil }
            var found: [Conflict] = []
            for file in writes[task] ?? [] { found += conflictsOfProviding(file, by: task) }
            for read in reads[task] ?? [] {
                guard let provider = providers[read.file], provider != task, !read.reached.contains(provider) else {
                    continue
                }
                found.append(.hidden(reader: task, provider: provider, read.file))
            }
            if !found.isEmpty { return find(found) }
            for file in writes[task] ?? [] { providers[file] = task }
            consistent.insert(task)
            return nil
        }

        private func conflictsOfProviding(_ file: File, by task: Int) -> [Conflict] {
            var found: [Conflict] = []
            if let other = providers[file], other != task {
                found.append(.overlap(first: other, second: task, file))
            }
            for (reader, reads) in reads.sorted(by: { $0.key < $1.key }) {
                guard reader != task, consistent.contains(reader), reads.contains(where: { $0.file == file }) else {
                    continue
                }
                found.append(.hidden(reader: reader, provider: task, file))
            }
            return found
        }

        private mutating func find(_ found: [Conflict]) -> Conflict {
            conflicts.formUnion(found)
            return found[0]
        }

        private mutating func note(_ file: File, by task: Int, _ others: Set<Int>, _ progress: Progress) {
            for other in others where other != task {
                let isEarly = progress.outcomes[other] == nil
                let access = Access(task: task, other: other, file: file, isEarly: isEarly)
                if progress.open.contains(other) { accessesFromBelow.insert(access) } else { accesses.insert(access) }
            }
        }

        // MARK: What is not certain

        /// The accesses of which it is not certain what comes of them: the other task was not come to, and may count or
        /// not, or it failed, before or after; or it came later, and the task itself failed before that was judged, but
        /// is judged at once where the other one has the file from before.
        func suspects(after outcomes: [Int: Outcome], _ present: Set<Int>) -> [Access] {
            accesses.filter { access in
                guard let outcome = outcomes[access.other] else { return present.contains(access.other) }
                return outcome.value == nil || access.isEarly && outcomes[access.task]?.value == nil
            }
        }

        /// The files that conflicts and some accesses are about.
        func files(_ accesses: [Access]) -> Set<File> {
            Set(conflicts.map(\.file) + accesses.map(\.file))
        }

        /// The tasks that may read or write some files.
        func users(of files: Set<File>) -> Set<Int> {
            files.reduce(into: []) { $0.formUnion((readers[$1] ?? []).union(writers[$1] ?? [])) }
        }
    }
}
