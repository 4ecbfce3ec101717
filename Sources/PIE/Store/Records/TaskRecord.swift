/// What the store keeps of a task besides its key, as it is read from bytes.
///
/// Nothing in it is believed that the caller has not compared with what there is: ids are checked by ``check(tasks:resources:)``.
struct TaskRecord {
    var flags: NodeFlags = []
    var version: UInt32 = 0
    var lastVersion: UInt32 = 0
    var madeBy: UInt16 = 0
    var reason = StoredReason()
    var dependencies: [RecordedDependency] = []

    /// What a failed attempt required.
    var attempt: [TaskID]?

    /// Outputs that are not present any more, but that requirers have seen.
    var older: [(version: UInt32, references: UInt32, output: UnsafeRawBufferPointer)] = []

    /// The output; nil if it is where it was before.
    var output: UnsafeRawBufferPointer?

    /// Where the number of its bytes stands.
    var outputOffset = 0

    /// The flags that a store keeps; the others are about a session, or follow from other tasks.
    static let flags: NodeFlags = [.root, .kept, .attempted, .lapsed, .unstable]
}

/// A dependency as a store keeps it.
struct RecordedDependency {
    var target: UInt32
    var kind: Dependency.Kind
    var never: Bool
    var barrier: UInt32

    /// For a requirement: the version that was seen; for a resource: the number of what was seen in the resource's
    /// list, or 0 if it is in ``stamp``.
    var seen: UInt32

    /// The stamper or projection of a requirement; 0: none.
    var stamper: StamperID = 0

    /// The stamp of a requirement with a stamper, or of a resource.
    var stamp: UnsafeRawBufferPointer?

    /// For a file that the task provides: whether it is the one who does, and no other has taken the file over.
    var isProvider = false
}

extension Dependency {
    /// A dependency of a task as a store keeps it, but for what was seen.
    init(_ recorded: RecordedDependency, of task: TaskID) {
        target = recorded.target
        owner = task
        kind = recorded.kind
        never = recorded.never
        barrier = recorded.barrier
        stamper = recorded.stamper
    }
}

extension TaskRecord {
    private static let neverMark: UInt8 = 1 << 4
    private static let sameBarrierMark: UInt8 = 1 << 5
    private static let stampedMark: UInt8 = 1 << 6

    /// Reads the beginning of a record, all that the head of a node consists of.
    init(headFrom reader: inout RecordReader) throws(RecordDamage) {
        flags = NodeFlags(rawValue: try reader.variable(UInt16.self)).intersection(Self.flags)
        version = try reader.variable(UInt32.self)
        let above = try reader.variable(UInt32.self)
        let (sum, overflow) = version.addingReportingOverflow(above)
        guard !overflow, sum <= RecordReader.highestCounter else { throw RecordDamage() }
        lastVersion = sum
        madeBy = try reader.variable(UInt16.self)
    }

    /// Reads a whole record.
    init(from reader: inout RecordReader) throws(RecordDamage) {
        try self.init(headFrom: &reader)
        try readRest(from: &reader)
    }

    /// Reads the output, which follows the head.
    mutating func readOutput(from reader: inout RecordReader) throws(RecordDamage) {
        if try reader.byte() == 0 { return }
        outputOffset = reader.offset
        output = try reader.counted()
    }

    /// Reads the older outputs, which follow the output.
    mutating func readOlder(from reader: inout RecordReader) throws(RecordDamage) {
        for _ in 0..<(try reader.count()) {
            let version = try reader.variable(UInt32.self)
            older.append((version, try reader.counter(), try reader.counted()))
        }
    }

    /// Reads what follows the head.
    mutating func readRest(from reader: inout RecordReader) throws(RecordDamage) {
        try readOutput(from: &reader)
        try readOlder(from: &reader)
        guard let kind = StoredReason.Kind(rawValue: try reader.byte()) else { throw RecordDamage() }
        if kind != .none {
            let epoch = try reader.variable(Epoch.self)
            reason = StoredReason(epoch: epoch, target: try reader.variable(UInt32.self), kind: kind)
        }
        if try reader.byte() != 0 {
            var required: [TaskID] = []
            for _ in 0..<(try reader.count()) { required.append(try reader.variable(UInt32.self)) }
            attempt = required
        }
        try readDependencies(from: &reader)
        guard reader.isAtEnd else { throw RecordDamage() }
    }

    private mutating func readDependencies(from reader: inout RecordReader) throws(RecordDamage) {
        let count = try reader.count()
        dependencies.reserveCapacity(count)
        var lastTask: Int64 = 0
        var lastResource: Int64 = 0
        var barrier: UInt32 = 0
        for position in 0..<UInt32(count) {
            let head = try reader.byte()
            guard let kind = Dependency.Kind(rawValue: head & 0x0F), head < 1 << 7 else { throw RecordDamage() }
            let last = kind == .require ? lastTask : lastResource
            let (sum, overflow) = last.addingReportingOverflow(try reader.signed())
            guard !overflow, let target = UInt32(exactly: sum), target != 0 else { throw RecordDamage() }
            if kind == .require { lastTask = sum } else { lastResource = sum }
            if head & Self.sameBarrierMark == 0 {
                let distance = try reader.variable(UInt32.self)
                guard distance <= position else { throw RecordDamage() }
                barrier = position - distance
            }
            var dependency = RecordedDependency(
                target: target,
                kind: kind,
                never: head & Self.neverMark != 0,
                barrier: barrier,
                seen: 0
            )
            if kind == .provide { dependency.isProvider = head & Self.stampedMark != 0 }
            if !dependency.never {
                dependency.seen = try reader.counter()
                if kind == .require {
                    if head & Self.stampedMark != 0 {
                        dependency.stamper = try reader.variable(StamperID.self)
                        dependency.stamp = try reader.counted()
                    }
                } else if dependency.seen == 0 {
                    dependency.stamp = try reader.counted()
                }
            } else if kind == .require && head & Self.stampedMark != 0 {
                dependency.stamper = try reader.variable(StamperID.self)
            }
            dependencies.append(dependency)
        }
    }

    /// Whether all ids are of tasks and resources that there are.
    func check(tasks: Int, resources: Int, stampers: StamperID) throws(RecordDamage) {
        for dependency in dependencies {
            guard dependency.target < (dependency.kind == .require ? tasks : resources),
                dependency.stamper <= stampers
            else { throw RecordDamage() }
        }
        for task in attempt ?? [] where task == 0 || task >= tasks { throw RecordDamage() }
        switch reason.kind {
        case .task, .failedTask: guard reason.target < tasks else { throw RecordDamage() }
        case .file, .provided, .resource: guard reason.target < resources else { throw RecordDamage() }
        case .none, .new, .version, .lastRunFailed, .forced: break
        }
    }

    // MARK: Writing

    /// Writes the beginning of a record.
    static func writeHead(_ node: Node, to writer: inout RecordWriter) {
        writer.variable(node.flags.intersection(flags).rawValue)
        writer.variable(node.version)
        writer.variable(node.lastVersion - node.version)
        writer.variable(node.madeBy)
    }

    static func write(_ reason: StoredReason, to writer: inout RecordWriter) {
        writer.byte(reason.kind.rawValue)
        if reason.kind == .none { return }
        writer.variable(reason.epoch)
        writer.variable(reason.target)
    }

    static func write(attempt: [TaskID]?, to writer: inout RecordWriter) {
        writer.byte(attempt == nil ? 0 : 1)
        guard let attempt else { return }
        writer.variable(attempt.count)
        for task in attempt { writer.variable(task) }
    }

    /// Writes dependencies; the body writes what was seen of a resource, or the stamp of a requirement.
    struct DependencyWriter {
        private var lastTask: Int64 = 0
        private var lastResource: Int64 = 0
        private var barrier: UInt32 = 0
        private var position: UInt32 = 0

        /// Writes a dependency.
        ///
        /// - Parameters:
        ///   - dependency: The dependency.
        ///   - isProvider: Whether it is on a file that the task provides, and no other.
        ///   - writer: Where to.
        ///   - seen: Writes what was seen of a resource: a number in its list, or 0 and a stamp.
        ///   - stamp: Writes the stamp of a requirement that has a stamper, with the number of its bytes.
        /// - Throws: What these throw.
        mutating func write<Failure: Error>(
            _ dependency: Dependency,
            isProvider: Bool,
            to writer: inout RecordWriter,
            seen: (inout RecordWriter) throws(Failure) -> Void,
            stamp: (inout RecordWriter) throws(Failure) -> Void
        ) throws(Failure) {
            let isSame = dependency.barrier == barrier
            var head = dependency.kind.rawValue
            if dependency.never { head |= TaskRecord.neverMark }
            if isSame { head |= TaskRecord.sameBarrierMark }
            if dependency.stamper != 0 || isProvider { head |= TaskRecord.stampedMark }
            writer.byte(head)
            let target = Int64(dependency.target)
            if dependency.kind == .require {
                writer.signed(target - lastTask)
                lastTask = target
            } else {
                writer.signed(target - lastResource)
                lastResource = target
            }
            if !isSame { writer.variable(position - dependency.barrier) }
            barrier = dependency.barrier
            position += 1
            if dependency.never {
                if dependency.stamper != 0 { writer.variable(dependency.stamper) }
            } else if dependency.kind == .require {
                writer.variable(dependency.seen)
                if dependency.stamper != 0 {
                    writer.variable(dependency.stamper)
                    try stamp(&writer)
                }
            } else {
                try seen(&writer)
            }
        }
    }
}
