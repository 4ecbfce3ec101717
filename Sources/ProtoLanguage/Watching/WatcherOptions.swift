/// How a watcher watches.
package struct WatcherOptions: Sendable {
    /// How changes are found.
    package enum Method: Equatable, Sendable {
        /// The system tells of them, where it can.
        case notifications
        /// By looking at every file again and again.
        case polling
    }

    /// How changes are found.
    package var method = Method.notifications

    /// How long to wait between two looks.
    package var pollingInterval = Duration.milliseconds(500)

    /// How long nothing may change before a batch is complete: longer than an editor takes for the steps of one save.
    package var quietTime = Duration.milliseconds(20)

    /// How long a change may wait for others.
    package var longestWait = Duration.milliseconds(300)

    /// The options that hold when none are given.
    package init() {}
}
