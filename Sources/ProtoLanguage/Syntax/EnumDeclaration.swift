/// An enum.
package struct EnumDeclaration: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
    /// The values.
    package var values: [EnumValueDeclaration] = []
    /// The ranges of numbers that no value may use.
    package var reservedRanges: [NumberRange] = []
    /// The names that no value may use.
    package var reservedNames: [ReservedName] = []
    /// The options.
    package var options: [OptionSetting] = []

    /// Whether several values may have one number.
    package var allowsAliases: Bool {
        options.contains { $0.sets("allow_alias", to: "true") }
    }
}
