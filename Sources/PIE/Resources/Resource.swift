/// Something outside the framework that tasks read and that may change between builds.
///
/// Files, directory listings, environment variables and the host's inputs are resources. A resource of your own
/// says how its content is loaded, and how the framework later finds out whether it still is what a task was given.
///
/// ```swift
/// struct HostName: Resource {
///     func load(in scope: ResourceScope) async throws -> (String, String) {
///         let name = try await stamp(in: scope)
///         return (name, name)
///     }
///
///     func stamp(in scope: ResourceScope) async throws -> String { currentHostName() }
/// }
/// ```
///
/// ## Implementation guidance
///
/// - The value is an identity: two equal resources name the same thing, have equal encodings, and are looked at once
///   in a session.
/// - A stamp stands for everything that a reader can see in the content. Contents that differ need stamps that differ;
///   equal contents should have equal stamps, or readers run without need.
/// - ``load(in:)`` returns the stamp of the very content it returns: take both from one look, never from two.
/// - Both methods may be called at any time, from any thread, and several times at once.
public protocol Resource: Hashable, Codable, Sendable {
    /// What a reader is given.
    associatedtype Content: Sendable

    /// What is kept of the content in order to notice that it has changed.
    associatedtype Stamp: Equatable & Codable & Sendable

    /// Loads the content together with the stamp of that very content.
    ///
    /// - Parameter scope: The build's root folder, unsaved buffers and inputs.
    /// - Returns: The content, and the stamp taken in the same look.
    /// - Throws: Whatever makes the content unavailable; the reading task gets the error.
    func load(in scope: ResourceScope) async throws -> (Content, Stamp)

    /// Takes a stamp of the present content.
    ///
    /// - Parameter scope: The build's root folder, unsaved buffers and inputs.
    /// - Returns: A stamp that equals an earlier one if the content is still the same.
    /// - Throws: Whatever makes the content unavailable; a recorded dependency then does not hold.
    func stamp(in scope: ResourceScope) async throws -> Stamp
}
