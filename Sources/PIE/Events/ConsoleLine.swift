/// What a build log says about one event.
struct ConsoleLine {
    /// The colours of a terminal, by their numbers.
    private enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case grey = 90
    }

    /// Deeper than this nothing is indented further, so that lines of deep builds stay readable.
    static let deepest = 24

    private let glyph: Character
    private let colour: Colour
    private let text: String

    private init(_ glyph: Character, _ colour: Colour, _ text: String) {
        self.glyph = glyph
        self.colour = colour
        self.text = text
    }

    init(_ event: BuildEvent) {
        switch event {
        case .sessionBegan(let number): self.init("◇", .blue, "session \(number)")
        case .sessionEnded(let number): self.init("◆", .blue, "session \(number) ended")
        case .updateBegan(let changes): self.init("△", .blue, "update for \(changes)")
        case .updateEnded(let report): self.init("▲", .blue, "\(report)")
        case .required(let task, _): self.init("→", .grey, "\(task)")
        case .answered(let task, _): self.init("←", .grey, "\(task)")
        case .scheduled(let task): self.init("+", .yellow, "\(task)")
        case .checking(let task): self.init("?", .grey, "\(task)")
        case .reused(let task): self.init("=", .green, "\(task)")
        case .executing(let task, let reason): self.init("▶", .yellow, "\(task): \(reason)")
        case .executed(let task, let changed): self.init("✓", .green, "\(task)\(changed ? "" : ", output unchanged")")
        case .failed(let task, let error): self.init("✗", .red, "\(task): \(error)")
        case .cancelled(let task): self.init("■", .red, "\(task)")
        case .read(let file, _): self.init("<", .grey, file.path)
        case .provided(let file, _, let changed): self.init(">", .green, "\(file.path)\(changed ? "" : ", unchanged")")
        case .orphaned(let file): self.init("!", .yellow, "\(file.path) is not provided any more")
        case .store(let notice): self.init("!", .yellow, "\(notice)")
        case .bufferIgnored(let file, let provider):
            self.init("!", .yellow, "the buffer over \(file.path) is ignored: \(provider) provides the file")
        }
    }

    /// The line, with its line break.
    ///
    /// - Parameters:
    ///   - depth: How deep to indent it; further lines of the text stand below its first.
    ///   - isColoured: Whether to colour the glyph.
    /// - Returns: The text, without other control characters than those for the colour.
    func text(indentedBy depth: Int, isColoured: Bool) -> String {
        let indentation = String(repeating: "  ", count: min(depth, Self.deepest))
        var line = indentation
        if isColoured { line += "\u{1B}[\(colour.rawValue)m" }
        line.append(glyph)
        if isColoured { line += "\u{1B}[0m" }
        line += " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += "\n\(indentation)  "
            // A name may hold anything; it must not command the terminal.
            case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}": line += "\u{FFFD}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line + "\n"
    }
}
