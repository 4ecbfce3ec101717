/// The numbers that fields may have.
enum FieldNumber {
    /// The largest number that fits the wire format.
    static let maximum: Int32 = 536_870_911
    /// The numbers that the implementations keep for themselves.
    static let implementationRange: ClosedRange<Int32> = 19_000...19_999

    /// The largest number that an extension may have.
    static func maximum(inMessageSet isMessageSet: Bool) -> Int32 {
        isMessageSet ? Int32.max - 1 : maximum
    }
}
