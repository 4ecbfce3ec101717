/// A range of field numbers, or of the numbers of an enum; both ends belong to it.
package struct NumberRange: Equatable, Codable, Sendable {
    /// The first number.
    package var first: Int32
    /// The last number; nil stands for `max`.
    package var last: Int32?
    /// The range's place.
    package var site: Site
}
