import PIE

/// Where a watcher learns of changes from.
///
/// A source is used by one thread only.
protocol ChangeSource: AnyObject {
    /// What is readable when there are changes to take; nil for a source that has to be asked from time to time.
    var descriptor: CInt? { get }

    /// How often to ask a source that has no descriptor.
    var interval: Duration { get }

    /// Takes what has changed since the last call, or since the source was made.
    ///
    /// - Throws: A ``WatchFailure`` if the source cannot go on; what has changed until now may be lost.
    func takeChanges() throws(WatchFailure) -> ChangeBatch
}
