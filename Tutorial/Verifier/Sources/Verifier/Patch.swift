/// A change to a file: hunks of lines that stay, go and come, as a `diff` block shows them.
///
/// A hunk names no line numbers. The lines that stay and go must stand in the file exactly once, one after the other.
/// Hunks are separated by lines that begin with `@@`.
public struct Patch {
    /// Why a patch cannot be applied.
    public struct Failure: Error {
        /// The line of the block that the failure is about, counted from 0.
        public var index: Int
        /// What is wrong.
        public var message: String
    }

    private struct Hunk {
        var index: Int
        var old: [String] = []
        var new: [String] = []
    }

    private var hunks: [Hunk] = []

    /// Reads the lines of a `diff` block.
    ///
    /// - Parameter lines: The lines; each begins with a space, `-`, `+` or `@@`, or is empty.
    /// - Throws: A ``Failure`` for a line that is none of these, or a hunk that changes nothing.
    public init(_ lines: [String]) throws {
        var hunk = Hunk(index: 0)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("@@") {
                try close(hunk)
                hunk = Hunk(index: index + 1)
                continue
            }
            let rest = String(line.dropFirst())
            switch line.first {
            case " ", nil:
                hunk.old.append(rest)
                hunk.new.append(rest)
            case "-": hunk.old.append(rest)
            case "+": hunk.new.append(rest)
            default: throw Failure(index: index, message: "a line of a diff begins with ' ', '-', '+' or '@@'")
            }
        }
        try close(hunk)
    }

    private mutating func close(_ hunk: Hunk) throws {
        if hunk.old.isEmpty, hunk.new.isEmpty, hunks.isEmpty { return }
        if hunk.old == hunk.new { throw Failure(index: hunk.index, message: "this part of the diff changes nothing") }
        hunks.append(hunk)
    }

    /// Applies the change.
    ///
    /// - Parameter text: The contents of the file.
    /// - Returns: The changed contents.
    /// - Throws: A ``Failure`` if the lines of a hunk are not in the file, or are there more than once.
    public func applied(to text: String) throws -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for hunk in hunks {
            let places = lines.indices.filter { lines[$0...].starts(with: hunk.old) }
            guard let place = places.first, places.count == 1, !hunk.old.isEmpty else {
                let reason = places.isEmpty ? nearest(to: hunk, in: lines) : "stand in the file \(places.count) times"
                throw Failure(index: hunk.index, message: "the lines that stay or go \(reason)")
            }
            lines.replaceSubrange(place..<place + hunk.old.count, with: hunk.new)
        }
        return lines.joined(separator: "\n")
    }

    /// Says which line of a hunk is the first that the file does not have where it should.
    private func nearest(to hunk: Hunk, in lines: [String]) -> String {
        let length =
            lines.indices.map { place in
                zip(lines[place...], hunk.old).prefix { $0 == $1 }.count
            }.max() ?? 0
        return "do not stand in the file; the first that does not fit is '\(hunk.old[length])'"
    }
}
