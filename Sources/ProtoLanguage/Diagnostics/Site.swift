/// A thing in a source that an error can be about, named by its number in the order of the text.
///
/// The parser gives the name, the type and the number of every declaration a site of its own and notes the position
/// of each in `ParsedFile.positions`. Everything else refers to sites alone. An edit of comments or white space moves
/// positions and leaves every site as it is, so nothing that is built from the syntax tree has to be built again.
package struct Site: Hashable, Sendable {
    /// The index into the positions of the parse.
    package let index: UInt32

    /// The site at `index`.
    package init(index: UInt32) {
        self.index = index
    }

    /// The site that the parser took `distance` places after this one.
    func advanced(by distance: UInt32) -> Site {
        Site(index: index + distance)
    }
}

extension Site: Codable {
    /// Reads a site from one integer.
    package init(from decoder: any Decoder) throws {
        index = try decoder.singleValueContainer().decode(UInt32.self)
    }

    /// Writes the site as one integer.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(index)
    }
}
