/// What can be wrong about an input.
enum InputError: Error, Hashable {
    /// A task reads an input that the host has not set and that has no default.
    case noValue(name: String, type: String)
}
