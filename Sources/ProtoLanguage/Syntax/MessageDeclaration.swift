/// A message, or what stands for one: the body of a group, or the entries of a map.
package struct MessageDeclaration: Equatable, Codable, Sendable {
    /// How a message came to be.
    package enum Kind: UInt8, Codable, Sendable {
        case message
        case group
        /// The nested message that a map field stands for; it has no fields here.
        case mapEntry
    }

    /// How the message came to be.
    package var kind: Kind
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
    /// The fields, those of its oneofs among them.
    package var fields: [FieldDeclaration] = []
    /// The oneofs.
    package var oneofs: [OneofDeclaration] = []
    /// The nested messages.
    package var messages: [MessageDeclaration] = []
    /// The nested enums.
    package var enums: [EnumDeclaration] = []
    /// The nested `extend` blocks.
    package var extends: [ExtendDeclaration] = []
    /// The ranges of numbers that are open to extensions.
    package var extensionRanges: [NumberRange] = []
    /// The ranges of numbers that no field may use.
    package var reservedRanges: [NumberRange] = []
    /// The names that no field may use.
    package var reservedNames: [ReservedName] = []
    /// The options, those of extension ranges among them.
    package var options: [OptionSetting] = []

    /// Whether the message is in the old format of message sets, which has a larger range of numbers.
    package var isMessageSet: Bool {
        options.contains { $0.sets("message_set_wire_format", to: "true") }
    }
}
