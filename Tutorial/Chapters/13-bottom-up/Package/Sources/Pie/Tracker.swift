/// Is told what happens in a build.
public protocol Tracker {
    /// Takes an event.
    func handle(_ event: BuildEvent)
}
