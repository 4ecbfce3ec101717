import PIE

/// The system does not watch any more, or not as much as it was asked to.
struct WatchFailure: Error, Equatable {
    /// What was met, and what a user can do about it.
    var message: String
}
