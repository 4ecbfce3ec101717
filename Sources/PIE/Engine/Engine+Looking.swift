/// Looks at many files at once: names and results pass the lock by the hundred.
extension Engine {
    /// Looks at resources, on as many workers as there are jobs if they are many.
    ///
    /// - Parameters:
    ///   - resources: The resources; those that are known in this session are left out.
    ///   - epoch: The session.
    ///   - forUpdate: Whether all is to be known that the dependencies of observed tasks must be judged by.
    /// - Throws: `CancellationError`, or what a resource throws.
    func look(at resources: [ResourceID], epoch: Epoch, forUpdate: Bool) async throws {
        try Task.checkCancellation()
        let workers = min(jobs, resources.count / 256 + 1)
        if workers <= 1 {
            try await look(at: resources[...], epoch: epoch, forUpdate: forUpdate)
            return
        }
        let size = (resources.count + workers - 1) / workers
        try await withThrowingTaskGroup(of: Void.self) { group in
            for start in stride(from: 0, to: resources.count, by: size) {
                let part = resources[start..<min(start + size, resources.count)]
                group.addTask { try await self.look(at: part, epoch: epoch, forUpdate: forUpdate) }
            }
            try await group.waitForAll()
        }
    }

    private func look(at resources: ArraySlice<ResourceID>, epoch: Epoch, forUpdate: Bool) async throws {
        let looker = fileSystem.look()
        var names = FileNames()
        var rest = resources
        while !rest.isEmpty {
            try Task.checkCancellation()
            let part = rest.prefix(FileNames.most)
            rest = rest.dropFirst(FileNames.most)
            let others = state.withLock { $0.listUnknown(part, &names) }
            for file in look(at: names, looker, epoch: epoch) { look(at: file, epoch: epoch) }
            for other in others {
                if other.isFile {
                    look(at: other.resource, epoch: epoch)
                } else {
                    try await stamp(other.resource, epoch: epoch)
                }
            }
            if !forUpdate { continue }
            for file in state.withLock({ state in part.filter { state.needsContent($0) } }) { hash(file, epoch: epoch) }
        }
    }

    /// Looks at files and takes in what there is, as far as their metadata suffice.
    ///
    /// - Returns: The files that must be looked at one by one.
    private func look(
        at names: borrowing FileNames,
        _ looker: borrowing FileSystem.Look,
        epoch: Epoch
    ) -> [ResourceID] {
        if names.isEmpty { return [] }
        var stamps: [FileStamp?] = []
        stamps.reserveCapacity(names.count)
        names.withEach { stamps.append(looker.metadata(named: $0)) }
        return takeIn(epoch) { state in
            var left: [ResourceID] = []
            for (resource, stamp) in zip(names.resources, stamps) {
                guard let stamp, !state.look(resource, found: stamp) else {
                    left.append(resource)
                    continue
                }
            }
            return left
        } ?? []
    }
}

/// Names of files, one behind the other, as the system wants them.
struct FileNames {
    /// How many are looked at between two locks: few enough that nobody waits long for the lock.
    static let most = 256

    private(set) var resources: [ResourceID] = []
    private var bytes: [UInt8] = []
    private var starts: [Int] = []

    var isEmpty: Bool { resources.isEmpty }
    var count: Int { resources.count }

    mutating func removeAll() {
        resources.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// Adds the name of a file.
    ///
    /// - Returns: Whether it can be looked at from the root: it is no name that leads out of it, and that no file has.
    mutating func add(_ resource: ResourceID, _ name: some Sequence<UInt8>) -> Bool {
        let start = bytes.count
        bytes.append(contentsOf: name)
        guard let first = bytes[start...].first, first != UInt8(ascii: "."), !bytes[start...].contains(0) else {
            bytes.removeSubrange(start...)
            return false
        }
        bytes.append(0)
        starts.append(start)
        resources.append(resource)
        return true
    }

    /// Gives each name, ended by a NUL.
    func withEach(_ body: (UnsafePointer<CChar>) -> Void) {
        bytes.withUnsafeBytes { bytes in
            // Each was added with its NUL, so there are bytes.
            guard let base = bytes.baseAddress else { return }
            for start in starts { body((base + start).assumingMemoryBound(to: CChar.self)) }
        }
    }
}

extension EngineState {
    /// Lists what is not known in this session among resources.
    ///
    /// A name that nobody has asked for is taken from the store as it is, and not kept.
    ///
    /// - Parameters:
    ///   - resources: The resources.
    ///   - names: Has the files afterwards that can be looked at by their names.
    /// - Returns: The others.
    mutating func listUnknown(
        _ resources: ArraySlice<ResourceID>,
        _ names: inout FileNames
    ) -> [(resource: ResourceID, isFile: Bool)] {
        names.removeAll()
        var others: [(resource: ResourceID, isFile: Bool)] = []
        for resource in resources {
            let node = graph.resources.address(Int(resource))
            if node.pointee.isKnown(in: epoch) { continue }
            var isListed = false
            if node.pointee.isFile {
                if node.pointee.local != Node.unnamed {
                    isListed = names.add(resource, files.key(node.pointee.local).path.utf8)
                } else {
                    graph.storage?.withKey(ofResource: resource) { isListed = names.add(resource, $0) }
                }
            }
            if !isListed { others.append((resource, node.pointee.isFile)) }
        }
        return others
    }

    /// The files that a check will want to have looked at after the one that it asks for.
    ///
    /// They are what tasks begin with that the same task has asked for at once, they themselves or those that they begin
    /// with: each of these is checked in any case, unless one before it makes its requirer execute, so their files can as
    /// well be looked at together.
    ///
    /// - Parameter request: A request whose current claim asks for a look.
    /// - Returns: The files; none if there are no such tasks.
    /// - Complexity: Each task is looked through once, however often its requirer is asked; what is above is searched for a
    ///   constant number of levels.
    mutating func lookAhead(of request: Request) -> [ResourceID] {
        guard request.epoch == epoch, isSessionOpen, request.current != request.base, request.current != 0 else {
            return []
        }
        // The nearest claim with tasks beside the one that it is at. A few steps up suffice: what is searched at each look
        // must not grow with the depth of a build that has a file on each level.
        var id = request.current
        var steps = 0
        repeat {
            id = claims[id].parent
            steps += 1
        } while id != request.base && steps < Self.highestLookAhead && !hasMoreAtOnce(id)
        let claim = claims.address(Int(id))
        let node = graph.nodes.address(Int(claim.pointee.task))
        var position = max(claim.pointee.cursor + 1, claim.pointee.ahead)
        lastGeneration &+= 1
        var files: [ResourceID] = []
        while position < node.pointee.dependencyCount, files.count < 4 * FileNames.most {
            let dependency = graph.dependencies.address(Int(node.pointee.firstDependency + position))
            guard dependency.pointee.barrier <= claim.pointee.cursor else { break }
            position += 1
            if dependency.pointee.kind == .require && !dependency.pointee.never {
                listFirstReads(of: dependency.pointee.target, lastGeneration, &files)
            }
        }
        claim.pointee.ahead = position
        return files
    }

    /// How many levels up a look finds tasks that were asked for at once.
    private static var highestLookAhead: Int { 8 }

    /// Whether a claim is at one of several dependencies that were asked for at once, and not at the last of them.
    private func hasMoreAtOnce(_ id: ClaimID) -> Bool {
        let claim = claims.address(Int(id))
        let node = graph.nodes.address(Int(claim.pointee.task))
        let next = max(claim.pointee.cursor + 1, claim.pointee.ahead)
        return next < node.pointee.dependencyCount
            && graph.dependencies[node.pointee.firstDependency + next].barrier <= claim.pointee.cursor
    }

    /// Lists the files that a task begins with, it or the tasks that it begins with, if nobody provides them.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - mark: Tells what was listed already.
    ///   - files: The files so far.
    private mutating func listFirstReads(of task: TaskID, _ mark: UInt32, _ files: inout [ResourceID]) {
        var open = [task]
        while let task = open.popLast() {
            let node = graph.nodes.address(Int(task))
            if node.pointee.recordedBy == mark { continue }
            node.pointee.recordedBy = mark
            guard node.pointee.claim == 0, node.pointee.version != 0, !isConsistent(task) else { continue }
            graph.bringRecord(of: task)
            for id in graph.range(of: task) {
                let dependency = graph.dependencies.address(Int(id))
                if dependency.pointee.barrier != 0 || dependency.pointee.never { break }
                if dependency.pointee.kind == .require {
                    open.append(dependency.pointee.target)
                } else if dependency.pointee.kind.isRead {
                    let resource = graph.resources.address(Int(dependency.pointee.target))
                    if resource.pointee.provider != 0 || resource.pointee.buffer != 0 { break }
                    if resource.pointee.looked != epoch && resource.pointee.mark != mark {
                        resource.pointee.mark = mark
                        files.append(dependency.pointee.target)
                    }
                } else {
                    break
                }
            }
        }
    }
}
