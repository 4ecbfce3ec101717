/// Where the rows of a run go: to the console, to a file, and beside those of another run.
final class Output {
    private let isJSON: Bool
    private let saved: Saved?
    private let saving: Saving?
    private let table: Table
    private var ratios: [(row: Row, ratio: Double)] = []

    /// Opens and reads the files that the command line names.
    ///
    /// - Throws: ``SavedError``.
    init(_ arguments: Arguments) throws {
        isJSON = arguments.isJSON
        saved = try arguments.compare.map { try Saved($0) }
        saving = try arguments.save.map { try Saving($0) }
        table = Table(compares: saved != nil)
        if !isJSON { Console.show(table.header) }
    }

    /// Takes a line that a measuring process has printed.
    func take(_ line: String) {
        guard let row = Row(json: line) else { return Console.note(line) }
        saving?.add(row)
        let ratio = saved?.ratio(row)
        if let ratio { ratios.append((row, ratio)) }
        if !isJSON {
            Console.show(table.line(row, ratio: ratio))
        } else {
            Console.show(saved == nil ? row.json : row.json(ratio: ratio))
        }
    }

    /// Ends the run.
    ///
    /// - Throws: ``SavedError``.
    func finish() throws {
        try saving?.finish()
        if let saved { Console.note(saved.summary(ratios)) }
    }
}
