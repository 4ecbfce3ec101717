/// A method of a service.
package struct MethodDeclaration: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
    /// The type of the request.
    package var input: TypeReference
    /// Whether many requests come in a stream.
    package var isClientStreaming: Bool
    /// The type of the answer.
    package var output: TypeReference
    /// Whether many answers come in a stream.
    package var isServerStreaming: Bool
    /// The options.
    package var options: [OptionSetting] = []
}
