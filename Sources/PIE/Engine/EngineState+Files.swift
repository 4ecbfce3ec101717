extension EngineState {
    /// Takes in what a look at a file found.
    ///
    /// - Returns: Whether the contents must be hashed before anything can be said: the metadata are the same, but too
    ///   fresh to be trusted.
    mutating func look(_ resource: ResourceID, found stamp: FileStamp) -> Bool {
        let node = graph.resources.address(Int(resource))
        if node.pointee.looked == epoch { return false }
        if node.pointee.current != 0 {
            let known = graph.observations.address(Int(node.pointee.current))
            if known.pointee.isFile && known.pointee.file.hasSameMetadata(as: stamp) {
                if known.pointee.file.isProvisional && known.pointee.file.hash != nil {
                    if stamp.hash == nil { return true }
                    if known.pointee.file.hash == stamp.hash {
                        known.pointee.file = stamp
                        node.pointee.looked = epoch
                        return false
                    }
                } else if !known.pointee.file.isProvisional {
                    node.pointee.looked = epoch
                    return false
                }
            }
        }
        graph.setCurrent(graph.addObservation(Observation(file: stamp)), of: resource)
        node.pointee.looked = epoch
        return false
    }

    /// Adds the hash to what was seen of a file.
    mutating func hashed(_ resource: ResourceID, _ stamp: FileStamp) {
        let current = graph.observations.address(Int(graph.resources[resource].current))
        if current.pointee.isFile && current.pointee.file.hasSameMetadata(as: stamp) {
            current.pointee.file = stamp
        } else {
            // The file has changed since it was looked at: those who saw what was there then have not seen this.
            graph.setCurrent(graph.addObservation(Observation(file: stamp)), of: resource)
        }
    }

    /// Notes that a resource could not be looked at: nothing that saw it holds.
    mutating func unreadable(_ resource: ResourceID) {
        let node = graph.resources.address(Int(resource))
        graph.setCurrent(graph.addObservation(Observation(isUnreadable: true)), of: resource)
        node.pointee.looked = epoch
        node.pointee.isSettled = false
    }

    /// Finds or stores what a task saw of a file.
    mutating func observation(of resource: ResourceID, _ stamp: FileStamp) -> ObservationID {
        let node = graph.resources.address(Int(resource))
        if node.pointee.current != 0 {
            let known = graph.observations.address(Int(node.pointee.current))
            if known.pointee.isFile && known.pointee.file.hasSameMetadata(as: stamp)
                && (known.pointee.file.hash == stamp.hash || known.pointee.file.hash == nil || stamp.hash == nil)
            {
                if stamp.hash != nil || !known.pointee.file.isProvisional {
                    known.pointee.file = merge(known.pointee.file, stamp)
                }
                node.pointee.looked = epoch
                return node.pointee.current
            }
        }
        let id = graph.addObservation(Observation(file: stamp))
        if node.pointee.looked != epoch {
            graph.setCurrent(id, of: resource)
            node.pointee.looked = epoch
        }
        return id
    }

    /// What is known of a file from two looks at the same metadata.
    private func merge(_ known: FileStamp, _ stamp: FileStamp) -> FileStamp { stamp.hash == nil ? known : stamp }

    /// Finds or stores what was seen of a resource that is not a file.
    mutating func observation(of resource: ResourceID, equals known: ObservationID?, _ stamp: AnyStamp?)
        -> ObservationID
    {
        let node = graph.resources.address(Int(resource))
        let id = known ?? graph.addObservation(Observation(stamp: stamp))
        if node.pointee.looked != epoch {
            graph.setCurrent(id, of: resource)
            node.pointee.looked = epoch
            node.pointee.isSettled = node.pointee.isInput
        }
        return id
    }

    /// What was last seen of a resource that is not a file.
    func currentObservation(of resource: ResourceID) -> (id: ObservationID, stamp: AnyStamp)? {
        let id = graph.resources[resource].current
        return graph.observations[id].stamp.map { (id, $0) }
    }

    /// The observations that dependencies on a resource refer to, and the current one: candidates for equality.
    ///
    /// - Complexity: O(*n*) for *n* dependencies on the resource.
    mutating func observations(of resource: ResourceID) -> [(id: ObservationID, stamp: AnyStamp)] {
        var result: [(id: ObservationID, stamp: AnyStamp)] = []
        var ids = Set<ObservationID>()
        func add(_ id: ObservationID) {
            if id != 0, ids.insert(id).inserted, let stamp = graph.observations[id].stamp {
                result.append((id, stamp))
            }
        }
        add(graph.resources[resource].current)
        var id = graph.firstReader(of: resource)
        while id != 0 {
            if !graph.dependencies[id].never { add(graph.dependencies[id].seen) }
            id = graph.dependencies[id].next
        }
        return result
    }

    // MARK: Provided files

    /// A file, and what its provider left.
    typealias Provided = (resource: ResourceID, stamp: FileStamp)

    /// The files that a task provides by its record.
    mutating func provided(by task: TaskID) -> [Provided] {
        graph.range(of: task).compactMap {
            let dependency = graph.dependencies[$0]
            guard dependency.kind == .provide else { return nil }
            return (dependency.target, graph.observations[dependency.seen].file)
        }
    }

    /// Takes in a new list of provided files: what is gone is an orphan, what is new has a provider.
    mutating func moveProvided(of task: TaskID, before: [Provided]) {
        let now = provided(by: task).map(\.resource)
        let nowSet = Set(now)
        for (resource, stamp) in before where !nowSet.contains(resource) {
            listingsChanged(by: resource)
            if graph.resources[resource].provider == task {
                graph.resources[resource].provider = 0
                listings.removeProvided(resource)
                orphan(resource, left: stamp)
                facesChanged(of: resource)
            }
            if isUpdating { scheduleReaders(of: resource, all: false) }
        }
        let beforeSet = Set(before.map(\.resource))
        for resource in now {
            let isNew = graph.resources[resource].provider != task
            if !Mutation.isOn(.providersForgotten) { graph.resources[resource].provider = task }
            if isNew {
                listings.addProvided(resource, file(resource))
                orphans[resource] = nil
                moves &+= 1
                facesChanged(of: resource)
                if !isUpdating {
                    putReadersOff(of: resource)
                    for listing in listings.showing(file(resource)) { putReadersOff(of: listing) }
                }
            }
            // One whose claim has lapsed in between is a new provider too.
            if isNew || !beforeSet.contains(resource) { listingsChanged(by: resource) }
            if isUpdating {
                if Mutation.isOn(.readersOfProvidedNotScheduled) { continue }
                scheduleReaders(of: resource, all: isNew || !beforeSet.contains(resource))
            } else {
                changedResources.insert(resource)
            }
        }
    }

    /// Lets the next update judge the readers of a file that has a new provider, or of a listing that shows it, whatever
    /// they saw of it.
    private mutating func putReadersOff(of resource: ResourceID) {
        var id = graph.firstReader(of: resource)
        while id != 0 {
            let dependency = graph.dependencies.address(Int(id))
            let reader = graph.nodes.address(Int(dependency.pointee.owner))
            if dependency.pointee.kind != .provide && reader.pointee.flags.contains(.observed)
                && reader.pointee.verified != epoch
            {
                addPending(dependency.pointee.owner)
            }
            id = dependency.pointee.next
        }
    }

    /// Lets listings be looked at again that a file may have entered or left.
    private mutating func listingsChanged(by resource: ResourceID) {
        for listing in listings.affected(by: file(resource)) {
            graph.resources[listing].looked = 0
            changedResources.insert(listing)
            if isUpdating { scheduleReaders(of: listing, all: true) }
        }
    }

    /// Notes that nobody provides a file any more.
    ///
    /// - Parameters:
    ///   - resource: The file.
    ///   - stamp: What its last provider left.
    mutating func orphan(_ resource: ResourceID, left stamp: FileStamp) {
        if orphans.updateValue(stamp, forKey: resource) == nil && isTracked { note(.orphaned(resource)) }
    }
}
