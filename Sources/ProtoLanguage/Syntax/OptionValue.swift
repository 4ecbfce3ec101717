/// A value of an option.
package enum OptionValue: Equatable, Codable, Sendable {
    /// A name: of an enum's value, `true`, `inf` and the like, with the minus that may stand before it.
    case identifier(String)
    case integer(UInt64, isNegative: Bool)
    case float(Double)
    /// The bytes of the literals, escapes decoded: they need not be text.
    case string([UInt8])
    /// A message in the text format.
    case message([TextField])
    /// A list in the text format.
    case list([OptionValue])
}
