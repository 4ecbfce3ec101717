/// What a chapter says a command prints, to compare with what it prints.
///
/// A line `...` stands for any number of lines.
public struct Quotation {
    private let lines: [String]

    /// Creates a quotation.
    ///
    /// - Parameter lines: The lines as the chapter shows them.
    public init(_ lines: [String]) {
        self.lines = lines.map(Self.withoutTrailingSpace)
    }

    /// Compares with real output.
    ///
    /// - Parameter output: The lines that the command printed, normalised.
    /// - Returns: The index of the first line of the quotation that does not hold, which is the number of lines where
    ///   the output goes on after the last; `nil` if all is as quoted.
    public func firstDifference(from output: [String]) -> Int? {
        let output = output.map(Self.withoutTrailingSpace)
        var furthest = 0
        return matches(0, output[...], &furthest) ? nil : furthest
    }

    private func matches(_ index: Int, _ output: ArraySlice<String>, _ furthest: inout Int) -> Bool {
        furthest = max(furthest, index)
        guard index < lines.count else { return output.isEmpty }
        if lines[index] == "..." {
            return (output.startIndex...output.endIndex).contains { matches(index + 1, output[$0...], &furthest) }
        }
        return output.first == lines[index] && matches(index + 1, output.dropFirst(), &furthest)
    }

    private static func withoutTrailingSpace(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
