/// What the check of a project found.
package struct ProjectReport: Sendable {
    /// A mistake in its place.
    package struct Entry: Equatable, Sendable {
        /// The file, as it can be opened.
        package var file: String
        /// The place.
        package var position: SourcePosition
        /// What is wrong.
        package var message: String

        /// The line that is printed.
        ///
        /// - Parameter usesColor: whether the word "error" is red.
        /// - Returns: the line.
        package func text(withColor usesColor: Bool = false) -> String {
            let word = usesColor ? "\u{1B}[1;31merror:\u{1B}[0m" : "error:"
            return "\(file):\(position.line):\(position.column): \(word) \(message)"
        }

        /// The line that is printed when the mistake is gone.
        ///
        /// - Parameter usesColor: whether the word "fixed" is green.
        /// - Returns: the line, with the place where the mistake was.
        package func fixedText(withColor usesColor: Bool = false) -> String {
            let word = usesColor ? "\u{1B}[1;32mfixed:\u{1B}[0m" : "fixed:"
            return "\(file):\(position.line):\(position.column): \(word) \(message)"
        }
    }

    /// The files that were checked, those that others import among them.
    package private(set) var files: [SourceFile] = []
    /// The mistakes, file by file, each file's in the order of the text.
    package private(set) var entries: [Entry] = []

    /// How many mistakes there are in how many files.
    package var summary: String {
        let mistakes =
            switch entries.count {
            case 0: "no mistakes"
            case 1: "1 mistake"
            default: "\(entries.count) mistakes"
            }
        return "\(mistakes) in \(files.count == 1 ? "1 file" : "\(files.count) files")"
    }

    /// A report without files.
    package init() {}

    /// Adds a file with its mistakes.
    mutating func add(_ diagnostics: [SyntaxDiagnostic], to file: SourceFile) {
        files.append(file)
        let path = file.location.description
        var last: Entry?
        for diagnostic in diagnostics.sorted(by: { $0.position < $1.position }) {
            let entry = Entry(file: path, position: diagnostic.position, message: diagnostic.message)
            // One place has each mistake once.
            if entry != last {
                entries.append(entry)
            }
            last = entry
        }
    }
}
