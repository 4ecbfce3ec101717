/// What somebody does on the keyboard.
public enum Key: Hashable, Sendable {
    case character(Character)
    case newLine
    case delete
    case up
    case down
    case left
    case right
    case end
    case save
    case quit
}

/// Text, and the place in it where somebody types.
public struct Editor: Sendable {
    private var characters: [[Character]]
    /// The line of the place, counted from 0.
    public private(set) var row = 0
    /// The column of the place, counted from 0.
    public private(set) var column = 0

    /// Creates an editor at the beginning of a text.
    public init(text: String) {
        characters = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// The lines of the text.
    public var lines: [String] { characters.map { String($0) } }

    /// The text.
    public var text: String { lines.joined(separator: "\n") }

    /// Does what a key stands for.
    public mutating func handle(_ key: Key) {
        switch key {
        case .character(let character):
            characters[row].insert(character, at: column)
            column += 1
        case .newLine:
            let tail = characters[row][column...]
            characters[row].removeSubrange(column...)
            characters.insert(Array(tail), at: row + 1)
            (row, column) = (row + 1, 0)
        case .delete where column > 0:
            column -= 1
            characters[row].remove(at: column)
        case .delete where row > 0:
            let tail = characters.remove(at: row)
            row -= 1
            column = characters[row].count
            characters[row] += tail
        case .up: move(to: row - 1)
        case .down: move(to: row + 1)
        case .left: column = max(0, column - 1)
        case .right: column = min(characters[row].count, column + 1)
        case .end: column = characters[row].count
        case .delete, .save, .quit: break
        }
    }

    private mutating func move(to row: Int) {
        self.row = min(max(0, row), characters.count - 1)
        column = min(column, characters[self.row].count)
    }
}
