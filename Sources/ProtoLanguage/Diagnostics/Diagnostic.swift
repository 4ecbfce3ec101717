/// An error that a check found, without its place: the position of its site comes from the parse.
package struct Diagnostic: Hashable, Codable, Sendable {
    /// What the error is about.
    package var site: Site
    /// What is wrong.
    package var message: String

    /// The error `message` at `site`.
    package init(_ site: Site, _ message: String) {
        self.site = site
        self.message = message
    }
}
