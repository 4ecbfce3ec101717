/// An option and the value it is given, as the source writes them: neither is resolved.
package struct OptionSetting: Equatable, Codable, Sendable {
    /// A part of an option's name between dots.
    package struct NamePart: Equatable, Codable, Sendable {
        /// The name; that of an extension may have dots of its own.
        package var name: String
        /// Whether the part stands in parentheses.
        package var isExtension: Bool
    }

    /// The parts of the name.
    package var name: [NamePart]
    /// The value.
    package var value: OptionValue
    /// The name's place.
    package var site: Site

    /// Whether this sets the built-in option `option` to the identifier `identifier`.
    func sets(_ option: String, to identifier: String) -> Bool {
        name == [NamePart(name: option, isExtension: false)] && value == .identifier(identifier)
    }
}
