/// A range of field numbers, without the place where it is declared.
package struct NumberBounds: Equatable, Codable, Sendable {
    /// The first number.
    package var first: Int32
    /// The last number.
    package var last: Int32

    /// Whether `number` is in the range.
    package func contains(_ number: Int32) -> Bool {
        first <= number && number <= last
    }
}
