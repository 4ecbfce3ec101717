/// Is told of every event of a build (R20).
///
/// Events of one task come in order; events of different tasks may come from several threads at once. A tracker can
/// neither throw nor change the build. A build without trackers makes no events and pays nothing for them.
public protocol Tracker: Sendable {
    /// Handles an event.
    ///
    /// Called where the event happens, so the build waits for it: keep it short, and do not use the ``Pie`` in it.
    ///
    /// - Parameter event: What happened.
    func handle(_ event: BuildEvent)
}
