/// Finds what a misspelt option was meant to be.
enum Spelling {
    /// A question that names the option closest to `name`; empty when none is close.
    static func suggestion(for name: String) -> String {
        let candidates = CommandLineOption.allCases.map { ($0.long, distance($0.long, name)) }
        guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(1, name.count / 2) else {
            return ""
        }
        return " Did you mean '--\(best.0)'?"
    }

    /// How many letters have to be added, removed or replaced to turn one word into the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let target = Array(second)
        var row = Array(0...target.count)
        for (index, character) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in target.enumerated() {
                let replaced = diagonal + (character == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[target.count]
    }
}
