/// A part of an output that a requirer sees, and depends on, instead of the whole.
///
/// A requirement through a projection holds as long as the projected part is equal to the one that the requirer saw,
/// whatever else changes in the output.
///
/// ```swift
/// struct ImportsOnly: Projection {
///     func project(_ file: ParsedFile) -> [String] { file.imports }
/// }
/// let imports = try await context.require(Parse(file: file), projecting: ImportsOnly())
/// ```
public protocol Projection<Output, Projected>: Hashable, Codable, Sendable {
    /// The outputs this projection looks into.
    associatedtype Output

    /// The part that the requirer sees.
    associatedtype Projected: Equatable & Codable & Sendable

    /// Returns the part of an output that the requirer sees.
    ///
    /// - Parameter output: The output of the required task.
    /// - Returns: The part; the same for the same output.
    func project(_ output: Output) -> Projected
}
