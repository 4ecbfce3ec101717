/// A source with the name under which other sources import it.
package struct SourceFile: Hashable, Codable, Sendable {
    /// The name, relative to the folder that it was found in.
    package var name: String
    /// Where its text comes from.
    package var location: SourceLocation

    /// The source `name` at `location`.
    package init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }
}
