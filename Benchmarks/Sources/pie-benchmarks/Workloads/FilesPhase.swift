import SourceFiles

/// What a fresh process is to do with a store, and what has to come out.
struct FilesPhase {
    var name: String
    var step: String
    let shape: BuildShape

    /// How many tasks have to execute.
    let executed: Int

    /// What its result has to be.
    let expected: Expected

    /// What the three times are called that it measures inside, as far as they are reported.
    var parts: [String] = []

    /// Whether nothing may be written to the store.
    var isQuiet = false

    /// How many threads, if it is not for the benchmark to say.
    var jobs: Int?

    enum Expected {
        case nothing
        /// The number of files.
        case count
        /// What the task of the file gives.
        case file
        /// What the task above all others gives.
        case result
    }

    init(
        _ name: String,
        _ step: String,
        _ shape: BuildShape,
        executed: Int,
        expected: Expected,
        parts: [String] = []
    ) {
        self.name = name
        self.step = step
        self.shape = shape
        self.executed = executed
        self.expected = expected
        self.parts = parts
    }

    /// The name in the table; what has no build has no shape.
    var title: String { step == "start" || step == "stat" ? name : "\(shape.rawValue): \(name)" }

    /// The result that has to come out; nil if it does not matter.
    func expected(_ project: SourceProject, file: Int) -> UInt64? {
        switch expected {
        case .nothing: nil
        case .count: UInt64(project.count)
        case .file: project.values[file]
        case .result: project.result(shape)
        }
    }
}
