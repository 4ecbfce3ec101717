/// What a ``MetricsTracker`` keeps: what was counted, and the executions that go on.
struct MetricsLedger {
    /// An execution that goes on.
    private struct Execution {
        let start: ContinuousClock.Instant
        /// How many requirements it awaits.
        var outstanding = 0
        /// Since when it awaits any.
        var waitingSince: ContinuousClock.Instant?
        /// How long it awaited requirements before.
        var waited = Duration.zero
    }

    /// What was counted, by type in the order in which the types were met.
    private(set) var metrics: [MetricsTracker.Metrics] = []

    /// The types' identifiers; each is asked for once.
    private(set) var identifiers: [String] = []

    /// The places of the types in the two arrays.
    private(set) var places: [ObjectIdentifier: Int] = [:]

    private var executions: [AnyTask: Execution] = [:]

    /// Forgets what was counted, but not the executions that go on.
    mutating func reset() {
        for place in metrics.indices { metrics[place] = MetricsTracker.Metrics() }
    }

    private mutating func place(of task: AnyTask) -> Int {
        let type = type(of: task.base)
        if let place = places[ObjectIdentifier(type)] { return place }
        places[ObjectIdentifier(type)] = metrics.count
        identifiers.append(type.typeIdentifier)
        metrics.append(MetricsTracker.Metrics())
        return metrics.count - 1
    }

    /// Counts an event.
    mutating func handle(_ event: BuildEvent, at now: ContinuousClock.Instant) {
        switch event {
        case .required(let task, let requirer):
            metrics[place(of: task)].required += 1
            if let requirer { suspend(requirer, at: now) }
        case .answered(_, let requirer?):
            resume(requirer, at: now)
        case .reused(let task):
            metrics[place(of: task)].reused += 1
        case .executing(let task, _):
            executions[task] = Execution(start: now)
        case .executed(let task, _):
            metrics[place(of: task)].executed += 1
            end(task, at: now)
        case .failed(let task, _):
            metrics[place(of: task)].executed += 1
            metrics[place(of: task)].failed += 1
            end(task, at: now)
        case .cancelled(let task):
            end(task, at: now)
        case .sessionBegan, .sessionEnded:
            executions = [:]
        case .answered, .updateBegan, .updateEnded, .scheduled, .checking, .read, .provided, .orphaned,
            .bufferIgnored, .store:
            break
        }
    }

    private mutating func suspend(_ requirer: AnyTask, at now: ContinuousClock.Instant) {
        guard var execution = executions[requirer] else { return }
        if execution.outstanding == 0 { execution.waitingSince = now }
        execution.outstanding += 1
        executions[requirer] = execution
    }

    private mutating func resume(_ requirer: AnyTask, at now: ContinuousClock.Instant) {
        guard var execution = executions[requirer], execution.outstanding > 0 else { return }
        execution.outstanding -= 1
        if execution.outstanding == 0, let since = execution.waitingSince {
            execution.waited += since.duration(to: now)
            execution.waitingSince = nil
        }
        executions[requirer] = execution
    }

    private mutating func end(_ task: AnyTask, at now: ContinuousClock.Instant) {
        guard let execution = executions.removeValue(forKey: task) else { return }
        var waited = execution.waited
        // Requirements that nobody waits for any more: they were given up after an error or a cancellation.
        if let since = execution.waitingSince { waited += since.duration(to: now) }
        metrics[place(of: task)].selfTime += execution.start.duration(to: now) - waited
    }
}
