/// A task whose check waits for the one above it in a check that needs nothing but what the state knows.
struct SettlingFrame: BitwiseCopyable {
    var node: UnsafeMutablePointer<Node>
    var task: TaskID
    /// The dependency that is looked at.
    var cursor: UInt32
}

/// Checks that are over before anybody else can look.
extension EngineState {
    /// What stands for a claim in the node of a task that is being settled.
    private static var settling: ClaimID { .max }

    /// Checks what a claim's task depends on, as far as that holds by what the state knows already.
    ///
    /// That is what nearly all checks come to, and under one lock: nobody can meet a task below halfway, so it needs no
    /// claim, just a place of 16 bytes on a stack. Where there is more to do (something to look at, to execute or to wait
    /// for, a file of another task, anything that changed), the tasks on the stack become claims, as if the check had
    /// come there by them, and it goes on from the uppermost one.
    ///
    /// - Parameters:
    ///   - id: A claim whose check has begun. Its cursor is behind what holds afterwards.
    ///   - request: What the check is made for; its current claim is another one afterwards if the check is to go on
    ///     from there.
    /// - Complexity: O(*e*) for *e* dependencies of tasks that were not made consistent yet.
    mutating func settle(_ id: ClaimID, of request: inout Request) {
        guard !isUpdating, !isUpToDate, earlyListings != epoch, !Mutation.concernsChecks else { return }
        let task = claims[id].task
        let start = claims[id].cursor
        var frame = SettlingFrame(node: graph.nodes.address(Int(task)), task: task, cursor: start)
        var depth = 0
        while true {
            let node = frame.node
            let dependencies = node.pointee.firstDependency
            let count = node.pointee.dependencyCount
            var above: SettlingFrame?
            var holds = true
            while frame.cursor < count {
                let dependency = graph.dependencies.address(Int(dependencies + frame.cursor))
                if dependency.pointee.kind == .require {
                    let target = graph.nodes.address(Int(dependency.pointee.target))
                    let isKnown = target.pointee.verified == epoch
                    holds =
                        !dependency.pointee.never
                        && (isKnown
                            || maySettle(
                                dependency.pointee.target,
                                target,
                                forObserved: node.pointee.flags.contains(.observed)
                            ))
                        // Another version than was seen takes a closer look, whatever it is once it was checked.
                        && target.pointee.version == dependency.pointee.seen
                    if !isKnown && holds {
                        above = SettlingFrame(node: target, task: dependency.pointee.target, cursor: 0)
                    }
                    if !isKnown || !holds { break }
                } else if !holdsAtOnce(dependency, of: frame.task) {
                    holds = false
                    break
                }
                frame.cursor += 1
            }
            if let next = above {
                push(frame, at: depth)
                depth += 1
                frame = next
                frame.node.pointee.claim = Self.settling
                if isTracked { note(.checking(frame.task)) }
                continue
            }
            if !holds || depth == 0 {
                claims[id].cursor = depth == 0 ? frame.cursor : frames[0].cursor
                markRequired(by: claims.address(Int(id)), from: start)
                if depth > 0 { makeClaims(of: depth, and: frame, from: id, of: &request) }
                return
            }
            node.pointee.claim = 0
            verify(frame.task)
            depth -= 1
            frame = frames[depth]
            frame.cursor += 1
        }
    }

    /// Whether a task can be checked without a claim, as far as its node tells.
    ///
    /// Its record is in memory afterwards: one that is damaged has no version.
    @inline(__always)
    private mutating func maySettle(
        _ task: TaskID,
        _ node: UnsafeMutablePointer<Node>,
        forObserved isObserved: Bool
    ) -> Bool {
        graph.bringRecord(of: task)
        return node.pointee.claim == 0 && node.pointee.version != 0
            && node.pointee.flags.isDisjoint(with: [.failed, .attempted])
            && (!isObserved || node.pointee.flags.contains(.observed)) && isOfPresentVersion(node)
    }

    @inline(__always)
    private func push(_ frame: SettlingFrame, at depth: Int) {
        if depth == frames.count { frames.append(frame) } else { frames[depth] = frame }
    }

    /// Whether a dependency on a resource was looked at in this session and is as it was, and that is all there is to it.
    @inline(__always)
    private mutating func holdsAtOnce(_ dependency: UnsafeMutablePointer<Dependency>, of task: TaskID) -> Bool {
        if dependency.pointee.never { return false }
        let resource = graph.resources.address(Int(dependency.pointee.target))
        guard resource.pointee.isKnown(in: epoch) || Mutation.isOn(.settledUnseen),
            resource.pointee.current == dependency.pointee.seen
        else { return false }
        if dependency.pointee.kind == .resource {
            return listings.showNothingProvided || !listings.isListing(dependency.pointee.target)
        }
        guard resource.pointee.buffer == 0 else { return false }
        if dependency.pointee.kind == .provide {
            return resource.pointee.provider == task && resource.pointee.readEpoch != epoch
        }
        guard resource.pointee.provider == 0 || resource.pointee.provider == task else { return false }
        resource.pointee.readEpoch = epoch
        return true
    }

    /// Makes claims of the tasks on the stack above a claim and of the last one, from the lowest on.
    private mutating func makeClaims(
        of depth: Int,
        and last: SettlingFrame,
        from id: ClaimID,
        of request: inout Request
    ) {
        var below = id
        for index in 1...depth {
            let frame = index == depth ? last : frames[index]
            descend(to: frame.task, from: below, of: &request)
            below = request.current
            let claim = claims.address(Int(below))
            claim.pointee.flags.insert(.begun)
            claim.pointee.moves = moves
            claim.pointee.cursor = frame.cursor
            markRequired(by: claim, from: 0)
        }
    }

    /// Marks what a check has found to hold, so that a read of a file that one of them provides finds its way at once.
    private func markRequired(by claim: UnsafeMutablePointer<Claim>, from start: UInt32) {
        let node = graph.nodes.address(Int(claim.pointee.task))
        for offset in start..<claim.pointee.cursor {
            let dependency = graph.dependencies.address(Int(node.pointee.firstDependency + offset))
            if dependency.pointee.kind == .require {
                graph.nodes[dependency.pointee.target].recordedBy = claim.pointee.generation
            }
        }
    }
}
