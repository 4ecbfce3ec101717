/// A value of an enum.
package struct EnumValueDeclaration: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The number; nil when it does not fit.
    package var number: Int32?
    /// The first of two sites.
    package var site: Site
    /// The options.
    package var options: [OptionSetting] = []

    /// The name's place.
    package var nameSite: Site { site }
    /// The number's place.
    package var numberSite: Site { site.advanced(by: 1) }
    /// How many sites a value takes.
    static let siteCount: UInt32 = 2
}
