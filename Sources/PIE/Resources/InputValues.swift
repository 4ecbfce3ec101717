/// The values that the host has set, as one immutable snapshot may hold them.
package struct InputValues: Sendable {
    private var values = SharedDictionary<InputKey, any Sendable>()

    /// Creates an empty set of values.
    package init() {}

    /// The value of an input; nil if the host has set none.
    package subscript<Value>(input: Input<Value>) -> Value? {
        get {
            // A cast of the optional would turn "not set" into a value if the type of the value is optional itself.
            guard let value = values[InputKey(input)] else { return nil }
            return value as? Value
        }
        set {
            guard let newValue else {
                values[InputKey(input)] = nil
                return
            }
            values[InputKey(input)] = newValue
        }
    }
}
