import Foundation
import TallyLanguage

/// The terminal, or a file in its place.
struct Terminal {
    private let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    private var original = termios()

    /// Takes over the terminal: each key is handed over at once.
    init() {
        guard isTerminal else { return }
        tcgetattr(STDIN_FILENO, &original)
        var raw = original
        cfmakeraw(&raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    }

    /// Makes the terminal what it was.
    func restore() {
        guard isTerminal else { return }
        var original = original
        tcsetattr(STDIN_FILENO, TCSANOW, &original)
        print("\u{1B}[2J\u{1B}[H", terminator: "")
    }

    /// Waits for a byte; `nil` at the end of the input.
    func nextByte() -> UInt8? {
        FileHandle.standardInput.readData(ofLength: 1).first
    }

    /// Shows a page and a line below it.
    func show(_ page: Page, status: String, row: Int, column: Int) {
        let text = page.text + "\n" + status
        if isTerminal {
            // Clear, write, and put the cursor where somebody types.
            let lines = text.replacing("\n", with: "\r\n")
            print("\u{1B}[2J\u{1B}[H\(lines)\u{1B}[\(row + 1);\(column + 1)H", terminator: "")
        } else {
            print(text)
        }
        fflush(nil)
    }
}
