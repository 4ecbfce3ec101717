/// The value that a field has when none is set.
package struct DefaultValue: Equatable, Codable, Sendable {
    /// The value.
    package var value: OptionValue
    /// The value's place.
    package var site: Site
}
