extension Engine {
    /// Makes several tasks consistent, in parallel.
    ///
    /// The tasks count as asked for at once, in their order. As many workers as there are jobs take one after the other:
    /// a slot that becomes free is refilled at once, with no barrier between batches.
    ///
    /// - Throws: The first error in the order of asking, or all of them with `keepGoing`.
    /// - Complexity: No Swift task is made for a member, only for each worker beside the calling one.
    @usableFromInline
    func require(all tasks: [TaskID], by key: ExecutionKey) async throws {
        if Task.isCancelled { throw cancelled(key) }
        decodeOutputs(of: tasks)
        let group = try locked { state in
            try state.askForGroup(tasks, by: key) { node in
                store == nil || tables.table(node.pointee.type).hasOutput(node.pointee.local)
            }
        }
        guard let group else { return }
        let work = GroupWork(group.members, stopsAtError: !keepGoing)
        var hasSlot = group.hasSlot
        if jobs == 1 || group.members.count == 1 {
            await self.work(on: work, group, &hasSlot)
        } else {
            var inlineSlot = hasSlot
            await withTaskGroup(of: Void.self) { children in
                children.addTask { await self.helpGroup(work, group) }
                await self.work(on: work, group, &inlineSlot)
                locked { $0.wake.append(contentsOf: $0.parking.dismiss(helping: group.id)) }
                // Waiting for the helpers takes no slot.
                if inlineSlot && !work.isIdle {
                    inlineSlot = false
                    locked { $0.releaseSlot() }
                }
            }
            hasSlot = inlineSlot
        }
        var request = Request(0, requirer: key.claim, epoch: key.epoch, work: group.work)
        request.requirerGeneration = key.generation
        request.hasSlot = hasSlot
        await finish(&request)
        if let error = work.error {
            met(error, by: key)
            throw error
        }
        if Task.isCancelled { throw cancelled(key) }
    }

    /// A group of requirements that were made at once.
    struct Group: Sendable {
        /// A member that was not consistent at once.
        struct Member: Sendable {
            let task: TaskID
            let entry: UInt32
        }

        let id: UInt64
        let members: [Member]
        let key: ExecutionKey
        let work: UInt32
        let hasSlot: Bool
    }

    /// Takes members of a group until there are no more.
    private func work(on work: GroupWork, _ group: Group, _ hasSlot: inout Bool) async {
        while let index = work.next() {
            await Scheduling.pass()
            let member = group.members[index]
            var request = Request(member.task, requirer: group.key.claim, epoch: group.key.epoch, work: group.work)
            request.requirerGeneration = group.key.generation
            request.entry = member.entry
            request.hasSlot = hasSlot
            var failure: (any Error)?
            do {
                try await complete(&request)
            } catch {
                failure = error
            }
            hasSlot = request.hasSlot
            let answered = request
            if let failure {
                if !(failure is CancellationError) { locked { $0.answer(answered, failed: true) } }
                work.failed(index, failure)
            } else {
                locked { $0.answer(answered, failed: false) }
            }
            work.finished()
        }
    }

    /// Helps with a group as soon as there is a job slot, and brings the next helper.
    private func helpGroup(_ work: GroupWork, _ group: Group) async {
        var hasSlot = await acquireSlot(epoch: group.key.epoch, helping: group.id)
        guard hasSlot else { return }
        await withTaskGroup(of: Void.self) { children in
            if work.hasMore && jobs > 2 { children.addTask { await self.helpGroup(work, group) } }
            await self.work(on: work, group, &hasSlot)
            locked { state in
                if hasSlot && state.epoch == group.key.epoch { state.releaseSlot() }
                state.wake.append(contentsOf: state.parking.dismiss(helping: group.id))
            }
        }
    }
}

/// The members of a group that workers take one after the other.
final class GroupWork: Sendable {
    private struct State {
        var next = 0
        var running = 0
        var errors: [(index: Int, error: any Error)] = []
    }

    private let count: Int
    private let stopsAtError: Bool
    private let state = Lock<State>(State())

    init(_ members: [Engine.Group.Member], stopsAtError: Bool) {
        count = members.count
        self.stopsAtError = stopsAtError
    }

    func next() -> Int? {
        state.withLock { state in
            guard state.next < count else { return nil }
            state.running += 1
            defer { state.next += 1 }
            return state.next
        }
    }

    func finished() {
        state.withLock { $0.running -= 1 }
    }

    func failed(_ index: Int, _ error: any Error) {
        state.withLock { state in
            state.errors.append((index, error))
            // After a cancellation nothing is started, whatever the options say.
            if stopsAtError || error is CancellationError { state.next = count }
        }
    }

    var hasMore: Bool { state.withLock { $0.next < count } }
    var isIdle: Bool { state.withLock { $0.running == 0 } }

    /// The error to throw: the first in the order of asking, or all of them in one.
    var error: (any Error)? {
        let errors = state.withLock { $0.errors }.sorted { $0.index < $1.index }
        guard let first = errors.first else { return nil }
        if let cancellation = errors.first(where: { $0.error is CancellationError }) { return cancellation.error }
        return stopsAtError ? first.error : BuildError.failures(errors.map(\.error))
    }
}

extension EngineState {
    /// Records that an execution asks for several tasks at once.
    ///
    /// - Returns: What is not consistent yet, or `nil` if everything is.
    mutating func askForGroup(
        _ tasks: [TaskID],
        by key: ExecutionKey,
        isDecoded: (UnsafeMutablePointer<Node>) -> Bool = { _ in true }
    ) throws -> Engine.Group? {
        try validate(key)
        if key.claim == 0 { try useByHost() }
        var members: [Engine.Group.Member] = []
        let requirer = task(of: key.claim)
        var answered: [UInt32] = []
        for task in tasks {
            if isTracked { note(.required(task, by: requirer)) }
            var entry: UInt32 = 0
            if key.claim == 0 {
                observeRoot(task)
            } else {
                entry = record(task, .require, stamper: 0, in: key.claim)
            }
            if isConsistent(task) && isDecoded(graph.nodes.address(Int(task))) {
                if isTracked { note(.answered(task, by: requirer)) }
                if entry != 0 { answered.append(entry) }
            } else {
                members.append(Engine.Group.Member(task: task, entry: entry))
            }
        }
        // Answered only now: nothing in the group was asked for after an answer in it.
        for entry in answered { fill(entry, of: key.claim, with: graph.nodes[recorded[entry].target].version) }
        if members.isEmpty { return nil }
        var hasSlot = false
        if key.claim != 0 {
            let claim = claims.address(Int(key.claim))
            claim.pointee.outstanding += 1
            hasSlot = claim.pointee.flags.contains(.hasSlot)
            claim.pointee.flags.remove(.hasSlot)
        }
        let id = UInt64(1) << 32 | parking.ticket()
        parking.begin(id)
        return Engine.Group(
            id: id,
            members: members,
            key: key,
            work: work(of: key),
            hasSlot: hasSlot
        )
    }
}
