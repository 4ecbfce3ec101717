/// A version of the language, as the `syntax` statement names it.
package enum LanguageVersion: UInt8, Codable, Sendable {
    /// Also what a file without a `syntax` statement is written in.
    case proto2
    case proto3
    /// Another version: one error says so, and the file is only looked at for the names that it declares.
    case unsupported

    /// Whether a field of a message may do without a label.
    var hasImplicitLabels: Bool { self != .proto2 }
}
