/// Something that a task asks its context for.
// SAFETY: `@unchecked` because of `AnyHashable`; it is made of `Sendable` values alone.
struct Request: Hashable, CustomStringConvertible, @unchecked Sendable {
    private let value: AnyHashable

    init<Value: Hashable & Sendable>(_ value: Value) {
        self.value = AnyHashable(value)
    }

    var description: String { "\(value.base)" }
}
