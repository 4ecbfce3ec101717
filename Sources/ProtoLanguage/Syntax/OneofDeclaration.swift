/// A set of fields of which at most one is set.
package struct OneofDeclaration: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
    /// The options.
    package var options: [OptionSetting] = []
}
