/// A field of a message or a oneof, or an extension.
package struct FieldDeclaration: Equatable, Codable, Sendable {
    /// What may stand before the type of a field.
    package enum Label: UInt8, Codable, Sendable {
        case optional
        case required
        case repeated
    }

    /// The label, when there is one.
    package var label: Label?
    /// The type.
    package var type: FieldType
    /// The name; that of a group in small letters.
    package var name: String
    /// The number; nil when it does not fit.
    package var number: Int32?
    /// The index, in the message, of the oneof that the field is part of.
    package var oneof: Int?
    /// The `default` among the options.
    package var defaultValue: DefaultValue?
    /// The `json_name` among the options.
    package var jsonName: String?
    /// The other options.
    package var options: [OptionSetting] = []
    /// The first of three sites.
    package var site: Site

    /// The name's place.
    package var nameSite: Site { site }
    /// The type's place.
    package var typeSite: Site { site.advanced(by: 1) }
    /// The number's place.
    package var numberSite: Site { site.advanced(by: 2) }
    /// How many sites a field takes.
    static let siteCount: UInt32 = 3
}
