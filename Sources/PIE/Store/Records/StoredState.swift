/// What is known between two sessions, besides what is said of each task and resource.
struct StoredState: Equatable {
    /// The number of the last session that wrote something.
    var epoch: Epoch = 0

    /// Whether the next update may rely on what earlier ones kept up to date.
    var isTrusted = true

    /// Tasks that the next update takes up, and tasks whose output changed since the last one.
    var pending: [TaskID] = []
    var changed: [TaskID] = []

    /// Resources that the next update looks at, and those that an update was told of which did not come to its end.
    var changedResources: [ResourceID] = []
    var remembered: [ResourceID] = []

    /// Files that nobody provides any more, and what was left of them.
    var orphans: [Orphan] = []

    /// For each task type the place of the version that was last in force.
    var versions: [UInt16] = []

    struct Orphan: Equatable {
        let file: ResourceID
        let left: FileStamp
    }

    init() {}

    /// Whether the same is to be done next.
    func isSame(as other: StoredState) -> Bool {
        var copy = self
        copy.epoch = other.epoch
        return copy == other
    }

    func write(to writer: inout RecordWriter) {
        writer.variable(epoch)
        writer.byte(isTrusted ? 1 : 0)
        writer.ascending(pending)
        writer.ascending(changed)
        writer.ascending(changedResources)
        writer.ascending(remembered)
        writer.variable(orphans.count)
        for orphan in orphans {
            writer.variable(orphan.file)
            orphan.left.write(to: &writer)
        }
        writer.variable(versions.count)
        for version in versions { writer.variable(version) }
    }

    init(from reader: inout RecordReader) throws(RecordDamage) {
        epoch = try reader.counter()
        isTrusted = try reader.byte() != 0
        try reader.ascending { pending.append($0) }
        try reader.ascending { changed.append($0) }
        try reader.ascending { changedResources.append($0) }
        try reader.ascending { remembered.append($0) }
        for _ in 0..<(try reader.count()) {
            let file = try reader.variable(ResourceID.self)
            orphans.append(Orphan(file: file, left: try FileStamp(from: &reader)))
        }
        for _ in 0..<(try reader.count()) { versions.append(try reader.variable(UInt16.self)) }
    }

    /// Whether all ids are of tasks and resources that there are.
    func check(tasks: Int, resources: Int) throws(RecordDamage) {
        for task in pending + changed where task == 0 || task >= tasks { throw RecordDamage() }
        for resource in changedResources + remembered where resource == 0 || resource >= resources {
            throw RecordDamage()
        }
        for orphan in orphans where orphan.file == 0 || orphan.file >= resources { throw RecordDamage() }
    }
}
