/// Counts what a build does, and measures where its time goes, by task type.
///
/// ```swift
/// let metrics = MetricsTracker()
/// let pie = try Pie(root: "project", trackers: [metrics])
/// try await pie.session { try await $0.require(WordCount(file: "a.txt")) }
/// print(metrics)
/// ```
///
/// The time counted for a type is *self-time*: that of its executions without what they spent awaiting requirements.
/// The self-times of several types can therefore be compared and added up, which the time from the beginning of an
/// execution to its end cannot. An execution that awaits several requirements at once awaits them once. What a task
/// computes while requirements of it are outstanding, between `async let` and `await`, counts as waiting.
///
/// A tracker measures one ``Pie``. The numbers may be asked for at any time and from any thread.
public final class MetricsTracker: Tracker {
    // Users' tasks are hashed under this lock, unlike under that of the engine: it is taken for an event and for a
    // query, by nobody who holds anything else that a task could wait for.
    private let state = Lock<MetricsLedger>(MetricsLedger())
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Creates a tracker that has counted nothing.
    public convenience init() {
        self.init { ContinuousClock.now }
    }

    /// Creates a tracker with a clock of its own, for tests.
    package init(now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.now = now
    }

    /// Counts an event.
    ///
    /// - Parameter event: What happened.
    /// - Complexity: O(1) on average.
    public func handle(_ event: BuildEvent) {
        // The time first: waiting for the lock is not the task's doing.
        let now = now()
        state.withLock { $0.handle(event, at: now) }
    }

    /// Forgets all that was counted; executions that go on count from their beginning when they end.
    public func reset() {
        state.withLock { $0.reset() }
    }

    /// The metrics of each task type that was met since the last ``reset()``, by type identifier.
    public var types: [String: Metrics] {
        let (identifiers, metrics) = state.withLock { ($0.identifiers, $0.metrics) }
        var types: [String: Metrics] = [:]
        for (identifier, metrics) in zip(identifiers, metrics) where metrics != Metrics() {
            types[identifier, default: Metrics()].add(metrics)
        }
        return types
    }

    /// The metrics of all task types together.
    public var total: Metrics {
        state.withLock(\.metrics).reduce(into: Metrics()) { $0.add($1) }
    }

    /// The metrics of one task type.
    ///
    /// - Parameter type: The type.
    /// - Returns: Its metrics; all zero if no task of the type was met.
    public func metrics<T: IncrementalTask>(of type: T.Type) -> Metrics {
        state.withLock { state in
            guard let place = state.places[ObjectIdentifier(type)] else { return Metrics() }
            return state.metrics[place]
        }
    }
}
