/// Bottom-up: from what changed to what it affects (R8).
extension EngineState {
    /// Puts an observed task in line.
    ///
    /// Not one that is observed only since the update began: it was not kept up to date, so that whoever requires it has
    /// it checked. If nobody comes to that, since what requires it has failed, a top-down build would not run it either.
    mutating func schedule(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        // Most often another of its dependencies has changed too.
        if node.pointee.flags.contains(.scheduled) { return }
        guard mayBeScheduled(task, node) else { return putOffConsistent(task) }
        node.pointee.flags.insert(.scheduled)
        node.pointee.flags.remove(.pending)
        update.queue.push(task, level: node.pointee.level)
        update.casting.push(task, level: node.pointee.level)
        if isTracked { note(.scheduled(task)) }
        if let idle = parking.wakeIdle() { wake.append(idle) }
    }

    /// Leaves a task to the next update that this one has made consistent before it came to what has changed.
    private mutating func putOffConsistent(_ task: TaskID) {
        let node = graph.nodes[task]
        if node.verified == epoch && node.flags.contains(.observed) { addPending(task) }
    }

    private func mayBeScheduled(_ task: TaskID, _ node: UnsafeMutablePointer<Node>) -> Bool {
        let flags = node.pointee.flags
        return flags.contains(.observed) && !flags.contains(.scheduled) && node.pointee.verified != epoch
            && node.pointee.claim == 0 && !flags.contains(.failed) && !update.newlyObserved.contains(task)
    }

    /// Notes that a requirement's stamp must be compared before its task can be trusted or put in line.
    ///
    /// Until then the task casts a shadow as if it were in line: who requires it meanwhile checks it.
    private mutating func doubt(_ dependency: DependencyID) {
        let owner = graph.dependencies[dependency].owner
        let node = graph.nodes.address(Int(owner))
        guard mayBeScheduled(owner, node) else { return putOffConsistent(owner) }
        update.comparisons.append(UpdateState.Comparison(dependency: dependency, owner: owner))
        let doubts = update.doubts[owner] ?? 0
        update.doubts[owner] = doubts + 1
        if doubts == 0 { update.casting.push(owner, level: node.pointee.level) }
    }

    /// Takes the next requirement whose stamp is to be compared.
    ///
    /// - Returns: The requirement, its target and the stamp that was seen; `nil` if there is none.
    mutating func nextComparison() -> (comparison: UpdateState.Comparison, target: TaskID, stamp: AnyOutputStamp)? {
        while isUpdating, let next = update.comparisons.popLast() {
            let dependency = graph.dependencies[next.dependency]
            // A task that has executed since has compared by itself, and its dependencies may be elsewhere.
            if graph.nodes[next.owner].verified != epoch, dependency.owner == next.owner, dependency.kind == .require,
                let stamp = graph.stamp(dependency.stamp)
            {
                return (next, dependency.target, stamp)
            }
            settle(next, holds: true)
        }
        return nil
    }

    /// Takes in how a comparison came out.
    mutating func settle(_ comparison: UpdateState.Comparison, holds: Bool) {
        guard let count = update.doubts[comparison.owner] else { return }
        update.doubts[comparison.owner] = count > 1 ? count - 1 : nil
        if !holds && !Mutation.isOn(.stampersNeverDiffer) { schedule(comparison.owner) }
    }

    /// Takes the scheduled task with the lowest level.
    ///
    /// Tasks that nobody observes any more are left alone: they are checked when somebody requires them.
    mutating func popScheduled() -> TaskID? {
        while let (task, level) = update.queue.pop() {
            let node = graph.nodes.address(Int(task))
            guard node.pointee.flags.contains(.scheduled) else { continue }
            if node.pointee.level > level {
                update.queue.push(task, level: node.pointee.level)
                continue
            }
            if node.pointee.flags.contains(.observed) {
                // Not in the queue any more and not claimed yet, it still bounds what may be trusted.
                beginWork(on: task)
                return task
            }
            node.pointee.flags.subtract([.scheduled, .kept])
        }
        return nil
    }

    /// Schedules the requirers of a task that ran, where their stamps no longer hold.
    mutating func scheduleRequirers(of task: TaskID) {
        let node = graph.nodes.address(Int(task))
        let failed = node.pointee.flags.contains(.failed)
        var id = graph.firstObservedRequirer(of: task)
        while id != 0 {
            let dependency = graph.dependencies.address(Int(id))
            if failed || dependency.pointee.never {
                schedule(dependency.pointee.owner)
            } else if dependency.pointee.seen != node.pointee.version {
                if dependency.pointee.stamper == 0 {
                    schedule(dependency.pointee.owner)
                } else {
                    doubt(id)
                }
            }
            id = dependency.pointee.next
        }
    }

    /// Schedules the readers of a file, where their stamps no longer hold.
    ///
    /// - Parameters:
    ///   - resource: The file, or another resource, as it was last looked at.
    ///   - all: Whether to schedule them whatever they saw: the file has a new provider, which their reads are to be
    ///     judged by.
    mutating func scheduleReaders(of resource: ResourceID, all: Bool) {
        let node = graph.resources.address(Int(resource))
        var id = graph.firstObservedReader(of: resource)
        while id != 0 {
            let dependency = graph.dependencies.address(Int(id))
            if dependency.pointee.kind != .provide && (all || !holds(dependency, node)) {
                schedule(dependency.pointee.owner)
            }
            id = dependency.pointee.next
        }
    }

    /// Whether a dependency on a resource holds as far as is known without hashing; doubt counts as no.
    private func holds(
        _ dependency: UnsafeMutablePointer<Dependency>,
        _ node: UnsafeMutablePointer<ResourceNode>
    ) -> Bool {
        if dependency.pointee.never { return false }
        let now = current(node, for: dependency.pointee.kind)
        if dependency.pointee.seen == now { return true }
        guard node.pointee.isFile else { return false }
        let seen = graph.observations.address(Int(dependency.pointee.seen))
        let current = graph.observations.address(Int(now))
        if current.pointee.isUnreadable { return false }
        if case .same = seen.pointee.file.matches(current.pointee.file, by: dependency.pointee.kind.stamper) {
            return true
        }
        return false
    }

    /// Schedules what a changed resource affects: the provider of a provided file, else its readers.
    mutating func scheduleAffected(by resource: ResourceID) {
        let node = graph.resources.address(Int(resource))
        let provider = Mutation.isOn(.providersNotScheduled) ? 0 : node.pointee.provider
        if provider != 0 && graph.nodes[provider].flags.contains(.observed) {
            var id = graph.firstObservedReader(of: resource)
            while id != 0 {
                let dependency = graph.dependencies.address(Int(id))
                if dependency.pointee.kind == .provide && dependency.pointee.owner == provider {
                    if !holds(dependency, node) { schedule(provider) }
                    break
                }
                id = dependency.pointee.next
            }
            // The readers have seen what the provider left, or follow when it has run: those that saw something else
            // are behind already.
            if !graph.nodes[provider].flags.contains(.scheduled) { scheduleReaders(of: resource, all: false) }
        } else {
            scheduleReaders(of: resource, all: false)
        }
    }

    /// Whether a task has something scheduled or running below it.
    ///
    /// Asked only on doubt: the shadow of what is scheduled is spread upwards as far as the task's level, and each task
    /// is reached once in an update.
    mutating func isShadowed(_ task: TaskID) -> Bool {
        let level = graph.nodes[task].level
        while let lowest = update.casting.lowestLevel, lowest < level, let (caster, _) = update.casting.pop() {
            var id = graph.firstObservedRequirer(of: caster)
            while id != 0 {
                let dependency = graph.dependencies.address(Int(id))
                let owner = graph.nodes.address(Int(dependency.pointee.owner))
                if !dependency.pointee.never && owner.pointee.shadow != epoch {
                    owner.pointee.shadow = epoch
                    update.casting.push(dependency.pointee.owner, level: owner.pointee.level)
                }
                id = dependency.pointee.next
            }
        }
        return graph.nodes[task].shadow == epoch
    }

    /// Puts everything in line that an update takes up unasked.
    mutating func scheduleUnasked() {
        if !canTrust {
            // What was kept up to date may not be: every root is checked, and with it all that is observed.
            for task in 1..<max(1, TaskID(graph.nodes.count)) {
                graph.bring(task)
                if graph.nodes[task].flags.contains(.root) { schedule(task) }
            }
        }
        let waiting = pending
        pending = []
        for task in waiting where graph.nodes[task].flags.contains(.pending) {
            graph.nodes[task].flags.remove(.pending)
            schedule(task)
        }
        let ran = changed
        changed = []
        for task in ran where graph.nodes[task].flags.contains(.changed) {
            graph.nodes[task].flags.remove(.changed)
            scheduleRequirers(of: task)
        }
        if !changedTypes.isEmpty {
            for task in 1..<TaskID(graph.nodes.count) {
                graph.bring(task)
                let node = graph.nodes.address(Int(task))
                guard changedTypes.contains(node.pointee.type), node.pointee.version != 0 else { continue }
                if !isOfPresentVersion(node) { schedule(task) }
            }
            // Those of types that nobody has told stay as they are.
            changedTypes = changedTypes.filter { versions[Int($0)] == Self.unknownVersion }
        }
    }

    /// Keeps in mind what an update, or a session that ends early, has not come to.
    mutating func putOff() {
        while let (task, _) = update.queue.pop() { putOff(task) }
        // A worker may have taken a task out of the line and not claimed it yet.
        for task in Set(update.running.tasks).sorted() where graph.nodes[task].flags.contains(.running) { putOff(task) }
        for owner in update.doubts.keys.sorted() { addPending(owner) }
        update.comparisons = []
        update.doubts = [:]
        endWork()
    }

    private mutating func putOff(_ task: TaskID) {
        guard graph.nodes[task].flags.contains(.scheduled) else { return }
        graph.nodes[task].flags.remove(.scheduled)
        if !Mutation.isOn(.restOfLineForgotten) { addPending(task) }
    }

    // MARK: Tasks in hand

    /// Notes that a task is taken out of the line, or claimed: what is above it is not to be trusted meanwhile.
    mutating func beginWork(on task: TaskID) {
        let node = graph.nodes.address(Int(task))
        guard node.pointee.flags.insert(.running).inserted else { return }
        update.runningCount += 1
        update.running.push(task, level: node.pointee.level)
    }

    /// Notes that a task is consistent, or was given up.
    mutating func endWork(on task: TaskID) {
        let node = graph.nodes.address(Int(task))
        guard node.pointee.flags.remove(.running) != nil else { return }
        update.runningCount -= 1
        if update.runningCount == 0 { update.running.removeAll() }
    }

    /// Forgets what is in hand and whose shadow has not been spread: the next update begins with nothing.
    mutating func endWork() {
        for task in update.running.tasks { graph.nodes.address(Int(task)).pointee.flags.remove(.running) }
        update.runningCount = 0
        update.running.removeAll()
        update.casting.removeAll()
    }
}
