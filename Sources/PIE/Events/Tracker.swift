/// Is told of every event of a build (R20).
///
/// A build hands its trackers one event after the other, those of each task in the order in which they came about, from
/// whichever thread is at hand. When a session returns, all its events have been handed over. A tracker can neither
/// throw nor change the build. A build without trackers makes no events and pays nothing for them.
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
    /// The build waits for it: keep it short, and use neither the ``Pie`` nor its session in it.
    ///
    /// - Parameter event: What happened.
    func handle(_ event: BuildEvent)
}
