/// A field of a message in the text format.
package struct TextField: Equatable, Codable, Sendable {
    /// What names a field.
    package enum Name: Equatable, Codable, Sendable {
        case field(String)
        case `extension`(String)
        /// A message type after the domain that it is found in, as in `[type.googleapis.com/a.B]`.
        case any(domain: String, type: String)
    }

    /// The name.
    package var name: Name
    /// The value.
    package var value: OptionValue
    /// The name's place.
    package var site: Site
}
