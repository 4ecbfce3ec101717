/// The identity of an ``Input`` without its type: name and type of the value.
package struct InputKey: Hashable, Sendable {
    private let name: String
    private let type: ObjectIdentifier

    /// The key of an input.
    package init<Value>(_ input: Input<Value>) {
        name = input.name
        type = ObjectIdentifier(Value.self)
    }

    package static func == (left: InputKey, right: InputKey) -> Bool {
        left.type == right.type && left.name.hasSameBytes(as: right.name)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        name.hashBytes(into: &hasher)
    }
}
