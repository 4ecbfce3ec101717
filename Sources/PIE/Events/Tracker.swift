/// Is told of every event of a build (R20).
///
/// A build hands its trackers one event after the other, those of each task in the order in which they came about, from
/// whichever thread is at hand; the others go on meanwhile. When a call of a session returns, all events up to then have
/// been handed over. A tracker can neither throw nor change the build. A build without trackers makes no events and pays
/// nothing for them.
///
/// ``EventLog`` keeps events to ask about them, ``MetricsTracker`` counts and measures, ``ConsoleTracker`` prints. A
/// tracker of your own is a few lines:
///
/// ```swift
/// struct FailureBell: Tracker {
///     func handle(_ event: BuildEvent) {
///         if case .failed = event { print("\u{07}", terminator: "") }
///     }
/// }
/// ```
///
/// A tracker that is given to several ``Pie``s may be called by them at once.
public protocol Tracker: Sendable {
    /// Handles an event.
    ///
    /// The session waits for it before it returns: keep it short, and use neither the ``Pie`` nor its session in it. To
    /// cancel the build from here is allowed.
    ///
    /// - Parameter event: What happened.
    func handle(_ event: BuildEvent)
}
