/// The lines in which two texts differ, as far as a reader of a message wants to see them.
struct TextDifference {
    /// How many lines are shown.
    private static let lineLimit = 16

    /// How much of a line is shown.
    private static let widthLimit = 160

    /// Texts longer than this are compared only up to their first difference: finding all takes the square of it.
    private static let lengthLimit = 2_000

    /// The differing lines, each after `−` or `+`, with a line that says where they begin.
    let lines: [String]

    init(from old: [String], to new: [String]) {
        if old.elementsEqual(new, by: Self.hasSameBytes) {
            lines = ["both print as"] + old.prefix(Self.lineLimit).map { "  " + $0.shortened(to: Self.widthLimit) }
        } else if old.count == 1 && new.count == 1 {
            lines = Self.pair(old[0], new[0])
        } else {
            lines = Self.changes(from: old, to: new)
        }
    }

    private static func changes(from old: [String], to new: [String]) -> [String] {
        let start = zip(old, new).prefix { hasSameBytes($0, $1) }.count
        let rest = (old: old[start...], new: new[start...])
        let isShort = rest.old.count < lengthLimit && rest.new.count < lengthLimit
        var changes: [(line: Int, text: String)] = []
        if isShort {
            let difference = rest.new.difference(from: rest.old, by: hasSameBytes)
            for change in difference {
                switch change {
                case .remove(let offset, let text, _): changes.append((offset, "− " + text))
                case .insert(let offset, let text, _): changes.append((offset, "+ " + text))
                }
            }
            // What goes and what comes in the same place stand together; the sort keeps what goes first.
            changes.sort { ($0.line, $0.text.first == "+" ? 1 : 0) < ($1.line, $1.text.first == "+" ? 1 : 0) }
        } else {
            changes = rest.old.prefix(lineLimit / 2).enumerated().map { ($0, "− " + $1) }
            changes += rest.new.prefix(lineLimit / 2).enumerated().map { ($0, "+ " + $1) }
        }
        var lines = start == 0 ? [] : ["from line \(start + 1) on:"]
        lines += changes.prefix(lineLimit).map { $0.text.shortened(to: widthLimit) }
        let count = isShort ? changes.count : rest.old.count + rest.new.count
        if count > lineLimit { lines.append("… \(count - min(changes.count, lineLimit)) more lines …") }
        return lines
    }

    /// Two single lines; the equal beginning of long ones is left out.
    private static func pair(_ old: String, _ new: String) -> [String] {
        let common = zip(old, new).prefix { $0 == $1 }.count
        let skipped = max(0, common - 40)
        let mark = skipped > 0 ? "…" : ""
        return [
            "− " + mark + old.dropFirst(skipped).shortened(to: widthLimit),
            "+ " + mark + new.dropFirst(skipped).shortened(to: widthLimit),
        ]
    }

    private static func hasSameBytes(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}

extension String {
    /// The lines of a text, with control characters spelled out so that they are seen; the empty text is one.
    var textLines: [String] {
        // As scalars: a carriage return and the newline after it are one character.
        unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if !line.contains(where: { $0.properties.generalCategory == .control }) { return String(line) }
            return line.map { $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0) }
                .joined()
        }
    }
}

extension Equatable {
    /// A value as lines that can be compared: a text by its lines, a collection by its elements, a value that does not
    /// describe itself by its properties.
    var printedLines: [String] {
        if let text = self as? String { return text.textLines }
        let mirror = Mirror(reflecting: self)
        switch mirror.displayStyle {
        case .collection:
            return mirror.children.flatMap { "\($0.value)".textLines }
        case .set:
            return mirror.children.map { "\($0.value)" }.sorted()
        case .dictionary:
            return mirror.children.map { child in
                guard let pair = child.value as? (key: Any, value: Any) else { return "\(child.value)" }
                return "\(pair.key): \(pair.value)"
            }.sorted()
        case .struct where !(self is any CustomStringConvertible):
            if mirror.children.isEmpty { return ["\(self)"] }
            return mirror.children.flatMap { child in "\(child.label ?? "_"): \(child.value)".textLines }
        default:
            return "\(self)".textLines
        }
    }
}
