/// What a store holds, read from its files without opening it: also while another process writes to it.
package struct StoreContents {
    /// The files of the store.
    package let files: StoreFiles

    /// What tells this store from all others, in hexadecimal digits.
    package let identifier: String

    /// The version of the format of the files.
    package let format: UInt32

    /// How often the store was folded.
    package let generation: UInt64

    /// Whether the last session that was kept came to its end.
    package let isComplete: Bool

    /// What could not be read, each in a line.
    package let problems: [String]

    let scan: StoreScan
    let registry: TaskRegistry

    /// How often to look again at files that another process replaces meanwhile.
    private static let attempts = 5

    /// Reads a store.
    ///
    /// - Parameters:
    ///   - files: The folder of the store, which is looked at again.
    ///   - tasks: The types whose tasks are printed as they print themselves; of others the encoding is described.
    ///   - system: The system calls.
    /// - Throws: A `StoreError` if the system refuses, a ``BuildError`` if two task types share a type identifier.
    /// - Complexity: In the size of the store, which is decoded as a whole but for the outputs.
    package init(
        of files: StoreFiles,
        tasks: [any IncrementalTask.Type] = [],
        system: StoreSystem = .live
    ) throws {
        registry = try TaskRegistry(tasks)
        var remaining = Self.attempts
        while true {
            let folder = try StoreFolder(files.path, isWritable: false, system: system)
            let scan = StoreScan(folder.snapshot, folder.journals)
            remaining -= 1
            let problems = folder.notices.map(Self.describe) + folder.journals.compactMap(Self.problem) + scan.problems
            guard problems.isEmpty || remaining == 0 else { continue }
            self.files = try StoreFiles(at: files.path, system: system) ?? files
            let (high, low) = (folder.identifier.high, folder.identifier.low)
            identifier = Self.hexadecimal(high) + Self.hexadecimal(low)
            format = SnapshotHeader.version
            generation = folder.snapshot?.generation ?? 0
            isComplete = folder.isWhole
            self.problems = problems
            self.scan = scan
            return
        }
    }

    private static func describe(_ notice: StoreNotice) -> String {
        // Nothing was moved: who reads leaves everything as it is.
        if case .keptAside(let file, _, let why) = notice { return "\(file) \(why)" }
        return notice.description
    }

    /// What keeps the rest of a journal from being read.
    ///
    /// One whose end is missing may be written just now.
    private static func problem(of journal: MappedJournal) -> String? {
        switch journal.replay.stop {
        case .end, .torn: nil
        default: "\(journal.path): \(journal.replay)"
        }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

// MARK: - Figures

extension StoreContents {
    /// What is stored of the tasks of one type.
    package struct TaskType: Hashable, Sendable {
        /// The type identifier; empty for tasks that could not be stored, of which there is only the place.
        package var identifier: String
        /// The versions that outputs were made by, the first used first.
        package var versions: [Int]
        package var count = 0
        /// How many of them have an output.
        package var withOutput = 0
        package var keyBytes = 0
        package var recordBytes = 0
        package var outputBytes = 0
    }

    /// What is stored of the resources of one type.
    package struct ResourceType: Hashable, Sendable {
        package var name: String
        package var count = 0
        package var bytes = 0
    }

    /// The types of tasks, by name.
    package var taskTypes: [TaskType] {
        var types: [UInt32: TaskType] = [:]
        for task in scan.tasks.values {
            let known = Int(task.key.type) < scan.catalog.taskTypes.count
            let type = known ? scan.catalog.taskTypes[Int(task.key.type)] : scan.catalog.taskTypes[0]
            var entry =
                types[task.key.type] ?? TaskType(identifier: type.identifier, versions: type.versions)
            entry.count += 1
            entry.withOutput += task.hasOutput ? 1 : 0
            entry.keyBytes += task.key.bytes.count
            entry.recordBytes += task.recordBytes
            entry.outputBytes += task.outputBytes
            types[task.key.type] = entry
        }
        return types.values.sorted { $0.identifier < $1.identifier }
    }

    /// The types of resources, by name.
    package var resourceTypes: [ResourceType] {
        var types: [UInt32: ResourceType] = [:]
        for resource in scan.resources.values {
            var entry = types[resource.key.type] ?? ResourceType(name: typeName(of: resource))
            entry.count += 1
            entry.bytes += resource.bytes
            types[resource.key.type] = entry
        }
        return types.values.sorted { $0.name < $1.name }
    }

    /// How many dependencies tasks have recorded.
    package var dependencyCount: Int { scan.tasks.values.reduce(0) { $0 + $1.dependencies.count } }

    /// How many tasks the next update takes up.
    package var waitingCount: Int { scan.state.pending.count }

    /// The number of the last session that had something to keep, as far as one that was cut off has said.
    package var lastSession: Int { max(Int(scan.state.epoch), sessions.first?.session ?? 0) }

    /// In which sessions tasks were executed last, the latest first, and how many.
    package var sessions: [(session: Int, executed: Int)] {
        var counts: [Int: Int] = [:]
        for task in scan.tasks.values where task.reason.kind != .none {
            counts[Int(task.reason.epoch), default: 0] += 1
        }
        return counts.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
    }

    func typeName(of resource: StoreScan.Resource) -> String {
        if resource.key.type == 0 { return "PIE.File" }
        let names = scan.catalog.resourceTypes
        return Int(resource.key.type) < names.count ? names[Int(resource.key.type)] : ""
    }
}
