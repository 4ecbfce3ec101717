/// Tasks, resources and the dependencies between them, as columns indexed by dense ids.
///
/// The graph knows ids, versions and observations, and nothing of users' types. A dependency lies in its owner's range
/// of one arena, in the order of asking, and is at the same time a link in the doubly linked list of its target's
/// dependents: adding and removing either direction is O(1), and nothing is allocated per node.
struct Graph: ~Copyable {
    let nodes = StableColumn<Node>()
    let resources = StableColumn<ResourceNode>()
    let dependencies = StableColumn<Dependency>()
    let observations = StableColumn<Observation>()

    /// Free ranges of the arena by size class, and free observations.
    private var freeRanges = [DependencyID](repeating: 0, count: 128)
    private var freeObservation: ObservationID = 0

    /// The stamps of requirements with a stamper.
    private var stamps: [AnyOutputStamp?] = [nil]
    private var freeStamps: [UInt32] = []

    /// Outputs that are not present any more, but that dependencies have seen.
    var older = OlderVersions()

    /// Older outputs that nobody refers to any more; their tables let go of them.
    var droppedOutputs: [(task: TaskID, version: UInt32, place: UInt32)] = []

    /// Stamps that were let go of; destroyed outside the lock, since that may run users' code.
    var garbage: [AnyObject] = []

    /// Why each task last executed.
    let reasons = StableColumn<StoredReason>()

    /// What the last attempts required of tasks that have not succeeded since, and count as attempted.
    var attempts: [TaskID: [TaskID]] = [:]

    /// What of the graph lies in a store; nil if it has none.
    let storage: GraphStorage?

    init(storage: GraphStorage? = nil) {
        self.storage = storage
        nodes.append(Node(type: 0, local: 0))
        resources.append(ResourceNode(type: 0, local: 0))
        dependencies.append(Dependency())
        observations.append(Observation())
        reasons.append(StoredReason())
        if let snapshot = storage?.snapshot {
            nodes.appendZeroes(snapshot.taskCount)
            reasons.appendZeroes(snapshot.taskCount)
            resources.appendZeroes(snapshot.resourceCount)
        }
    }

    /// Adds a task.
    mutating func addTask(type: UInt32, local: UInt32) {
        nodes.append(Node(type: type, local: local))
        reasons.append(StoredReason())
        storage?.tasks.append(StoredNode(flags: .new))
    }

    /// Adds a resource.
    mutating func addResource(type: UInt32, local: UInt32) {
        resources.append(ResourceNode(type: type, local: local))
        storage?.resources.append(StoredResource(flags: .new))
    }

    /// The dependencies of a task.
    mutating func range(of task: TaskID) -> Range<UInt32> {
        bringRecord(of: task)
        let node = nodes.address(Int(task))
        return node.pointee.firstDependency..<node.pointee.firstDependency + node.pointee.dependencyCount
    }
}

// MARK: - Ranges of the arena

extension Graph {
    /// The size class of a range: exact up to 8, then four classes for each doubling.
    static func sizeClass(_ count: Int) -> Int {
        if count <= 8 { return count }
        let bits = Int.bitWidth - 1 - (count - 1).leadingZeroBitCount
        return 8 + (bits - 3) * 4 + ((count - 1) >> (bits - 2)) - 3
    }

    /// How many dependencies a range of a size class holds.
    static func capacity(ofClass sizeClass: Int) -> Int {
        if sizeClass <= 8 { return sizeClass }
        let (octave, step) = (sizeClass - 9).quotientAndRemainder(dividingBy: 4)
        return (5 + step) << (octave + 1)
    }

    /// Finds room for a number of dependencies.
    mutating func allocateRange(_ count: Int) -> DependencyID {
        if count == 0 { return 0 }
        let sizeClass = Self.sizeClass(count)
        let free = freeRanges[sizeClass]
        if free != 0 {
            freeRanges[sizeClass] = dependencies[free].next
            return free
        }
        let start = DependencyID(dependencies.count)
        for _ in 0..<Self.capacity(ofClass: sizeClass) { dependencies.append(Dependency()) }
        return start
    }

    mutating func freeRange(_ start: DependencyID, count: Int) {
        if count == 0 { return }
        let sizeClass = Self.sizeClass(count)
        dependencies[start].next = freeRanges[sizeClass]
        freeRanges[sizeClass] = start
    }
}

// MARK: - Links

extension Graph {
    /// Puts a dependency into its target's list.
    func link(_ id: DependencyID) {
        let dependency = dependencies.address(Int(id))
        let head: DependencyID
        if dependency.pointee.kind == .require {
            let target = nodes.address(Int(dependency.pointee.target))
            head = target.pointee.firstRequirer
            target.pointee.firstRequirer = id
        } else {
            let target = resources.address(Int(dependency.pointee.target))
            head = target.pointee.firstReader
            target.pointee.firstReader = id
        }
        dependency.pointee.previous = 0
        dependency.pointee.next = Mutation.isOn(.earlierLinksDropped) ? 0 : head
        if head != 0 { dependencies[head].previous = id }
    }

    /// Takes a dependency out of its target's list.
    func unlink(_ id: DependencyID) {
        let dependency = dependencies.address(Int(id))
        let next = dependency.pointee.next
        let previous = dependency.pointee.previous
        if next != 0 { dependencies[next].previous = previous }
        if previous != 0 {
            dependencies[previous].next = next
        } else if dependency.pointee.kind == .require {
            nodes[dependency.pointee.target].firstRequirer = next
        } else {
            resources[dependency.pointee.target].firstReader = next
        }
    }
}

// MARK: - What dependencies have seen

extension Graph {
    /// Notes that a dependency compares with what it has seen.
    mutating func retainSeen(_ dependency: Dependency) {
        if dependency.never { return }
        if dependency.kind != .require {
            retain(dependency.seen)
        } else if dependency.stamper == 0 {
            let node = nodes.address(Int(dependency.target))
            if node.pointee.version == dependency.seen {
                node.pointee.references += 1
            } else {
                older.retain(dependency.target, version: dependency.seen)
            }
        }
    }

    /// Notes that a dependency is going, or has seen something newer.
    mutating func releaseSeen(_ dependency: Dependency) {
        if dependency.never { return }
        if dependency.kind != .require {
            release(dependency.seen)
        } else if dependency.stamper != 0 {
            releaseStamp(dependency.stamp)
        } else {
            let node = nodes.address(Int(dependency.target))
            if node.pointee.version == dependency.seen {
                node.pointee.references.lower()
                return
            }
            if let place = older.release(dependency.target, version: dependency.seen) {
                droppedOutputs.append((dependency.target, dependency.seen, place))
            }
        }
    }

    /// Gives a task's present output another version.
    ///
    /// - Parameters:
    ///   - version: A new version, or an older one whose output has come back.
    ///   - task: The task.
    /// - Returns: Whether somebody has seen the version before, so that its output must be kept.
    mutating func setVersion(_ version: UInt32, of task: TaskID) -> Bool {
        let node = nodes.address(Int(task))
        let before = node.pointee.version
        let isReferred = node.pointee.references > 0
        if isReferred { older.add(task, version: before, references: node.pointee.references) }
        node.pointee.version = version
        node.pointee.references = older.remove(task, version: version)
        return isReferred
    }
}

// MARK: - Observations

extension Graph {
    /// Stores what was seen of a resource; nobody refers to it yet.
    mutating func addObservation(_ observation: Observation) -> ObservationID {
        if freeObservation != 0 {
            let id = freeObservation
            freeObservation = observations[id].references
            observations[id] = observation
            return id
        }
        observations.append(observation)
        return ObservationID(observations.count - 1)
    }

    func retain(_ id: ObservationID) {
        if id != 0 { observations[id].references += 1 }
    }

    mutating func release(_ id: ObservationID) {
        if id == 0 { return }
        let observation = observations.address(Int(id))
        observation.pointee.references.lower()
        if observation.pointee.references > 0 { return }
        if let stamp = observation.pointee.stamp { garbage.append(stamp) }
        observation.pointee = Observation(references: freeObservation)
        freeObservation = id
    }

    /// Makes an observation the current one of its resource.
    mutating func setCurrent(_ id: ObservationID, of resource: ResourceID) {
        let before = resources[resource].current
        if before == id { return }
        retain(id)
        resources[resource].current = id
        release(before)
    }

    /// Keeps the stamp of a requirement that has a stamper.
    mutating func addStamp(_ stamp: AnyOutputStamp) -> UInt32 {
        if let free = freeStamps.popLast() {
            stamps[Int(free)] = stamp
            return free
        }
        stamps.append(stamp)
        return UInt32(stamps.count - 1)
    }

    func stamp(_ index: UInt32) -> AnyOutputStamp? { stamps[Int(index)] }

    mutating func releaseStamp(_ index: UInt32) {
        if index == 0 { return }
        if let stamp = stamps[Int(index)] { garbage.append(stamp) }
        stamps[Int(index)] = nil
        freeStamps.append(index)
    }
}
