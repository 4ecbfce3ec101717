import PIE
import Testing

/// Checks that the events of each task come in the order that ``BuildEvent`` promises, whatever ran beside it.
func expectOrder(
    of events: [BuildEvent],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    enum Phase { case idle, checking, executing, done }
    var phases: [AnyTask: Phase] = [:]
    var outstanding: [AnyTask: Int] = [:]
    var isOpen = false
    for event in events {
        let phase = event.task.map { phases[$0] ?? .idle }
        let isInOrder: Bool
        switch event {
        case .sessionBegan:
            isInOrder = !isOpen
            isOpen = true
            phases = [:]
        case .sessionEnded:
            isInOrder = isOpen && !phases.values.contains(.executing)
            isOpen = false
        case .store:
            isInOrder = true
        case .updateBegan, .updateEnded, .orphaned, .bufferIgnored, .scheduled:
            isInOrder = isOpen
        case .required(let task, let requirer):
            isInOrder = isOpen && (requirer.map { phases[$0] == .executing } ?? true)
            outstanding[task, default: 0] += 1
        case .answered(let task, let requirer):
            isInOrder = (requirer.map { phases[$0] == .executing } ?? true) && outstanding[task, default: 0] > 0
            outstanding[task, default: 0] -= 1
        case .checking(let task):
            isInOrder = phase == .idle
            phases[task] = .checking
        case .reused(let task):
            isInOrder = phase == .checking
            phases[task] = .done
        case .executing(let task, _):
            isInOrder = phase == .idle || phase == .checking
            phases[task] = .executing
        case .executed(let task, _), .failed(let task, _), .cancelled(let task):
            isInOrder = phase == .executing
            phases[task] = .done
        case .read, .provided:
            isInOrder = phase == .executing
        }
        #expect(isInOrder, "\(event)", sourceLocation: sourceLocation)
    }
    #expect(!isOpen, sourceLocation: sourceLocation)
    #expect(outstanding.values.allSatisfy { $0 == 0 }, sourceLocation: sourceLocation)
}

/// Options with a number of jobs.
func jobs(_ jobs: Int) -> PieOptions {
    var options = PieOptions()
    options.jobs = jobs
    return options
}
