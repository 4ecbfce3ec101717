import PIE

/// Prints reports: mistakes to the output, everything about them to the error stream.
struct ReportPrinter {
    private let output: CommandOutput
    private let usesColor: Bool
    private let options: CommandLineOptions
    private let roots: ImportRoots

    init(_ options: CommandLineOptions, roots: ImportRoots, output: CommandOutput) {
        self.output = output
        self.options = options
        self.roots = roots
        usesColor = options.usesColor ?? output.prefersColor(on: .output)
    }

    /// Prints every mistake, and how many there are.
    func print(_ report: ProjectReport) {
        output.write(report.entries.map { $0.text(withColor: usesColor) + "\n" }.joined(), .output)
        output.print(report.summary, to: .error)
    }

    /// Prints the mistakes that are new, and those that are gone.
    func print(_ change: ReportChange) {
        var text = ""
        for entry in change.fixed { text += entry.fixedText(withColor: usesColor) + "\n" }
        for entry in change.new { text += entry.text(withColor: usesColor) + "\n" }
        if !text.isEmpty { output.write(text, .output) }
    }

    /// Prints how many tasks were executed, how long it took, and of which store the rest came.
    func print(
        _ counts: RunStatistics.Counts,
        files: Int,
        duration: Duration,
        store: StoreOpening.Outcome? = nil
    ) {
        var text = """
            checked   \(files) files
            executed  \(counts.executed) tasks
            reused    \(counts.reused) tasks
            time      \(duration.milliseconds)
            """
        if let store, let path = store.path {
            let how = store.isWritable ? store.isNew ? "made" : "opened" : "opened to be read"
            text += "\nstore     \(path), \(how) in \(store.duration.milliseconds)"
        }
        output.print(text, to: .error)
    }

    /// Prints why the tasks of files ran, or why they did not.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - session: The session in which they may have run.
    ///   - onlyExecuted: Whether to leave out the tasks that did not run.
    func explain(_ files: [SourceFile], in session: Session, onlyExecuted: Bool = false) {
        let wanted = options.explainedFile.map { File($0).path }
        for file in files where wanted.map({ $0 == file.location.description || $0 == file.name }) ?? true {
            let explanations = [
                session.explain(ParseFile(file.location)), session.explain(CollectNames(file.location)),
                session.explain(CheckFile(file, roots: roots)),
            ]
            for case let explanation? in explanations where !onlyExecuted || explanation.wasExecuted {
                output.print("\(explanation)", to: .error)
            }
        }
    }
}

extension Explanation {
    /// Whether the task ran.
    fileprivate var wasExecuted: Bool { outcome == .executed || outcome == .failed }
}

extension Duration {
    /// Milliseconds with one decimal, without the help of a formatter.
    var milliseconds: String {
        let tenths = Int(self / .milliseconds(1) * 10)
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}
