/// A service.
package struct ServiceDeclaration: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
    /// The methods.
    package var methods: [MethodDeclaration] = []
    /// The options.
    package var options: [OptionSetting] = []
}
