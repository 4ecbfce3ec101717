/// Something in a chapter that does not hold: where, and what.
public struct Problem: Error, Equatable, CustomStringConvertible, Sendable {
    /// The Markdown file, relative to the tutorial's folder.
    public var file: String
    /// The line in it, counted from 1.
    public var line: Int
    /// What is wrong; the first line is a summary.
    public var message: String

    /// The problem as compilers print theirs.
    public var description: String { "\(file):\(line): error: \(message)" }
}
