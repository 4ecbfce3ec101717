/// A name that two files declare and a third, or one of the two, would see twice.
package struct NameConflict: Equatable, Codable, Sendable {
    /// The number, in the graph of imports, of the file whose declaration comes too late.
    package var file: Int
    /// The number of the file that has the name already.
    package var otherFile: Int
    /// The full name.
    package var name: String
    /// Whether the name is part of the file's package; otherwise a declaration.
    package var isPackage: Bool
}
