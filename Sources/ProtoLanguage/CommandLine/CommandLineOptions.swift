/// What a command line asks for.
package struct CommandLineOptions: Equatable, Sendable {
    /// What to do.
    package enum Action: Equatable, Sendable {
        case check
        case watch
        case graph
        case inspect
        case clean
        case showHelp(Command)
        case showVersion
    }

    /// What the first word of a command line may say.
    package enum Command: String, CaseIterable, Sendable {
        case check
        case graph
        case inspect
        case clean
    }

    /// What to do.
    package var action = Action.check
    /// The files and folders to check.
    package var paths: [String] = []
    /// The folders given with `-I`.
    package var importRoots: [String] = []
    /// How many tasks may run at once; nil for as many as there are processors.
    package var jobs: Int?
    /// Whether to print figures.
    package var printsStatistics = false
    /// Whether to print why each task ran, or why not.
    package var explains = false
    /// The one file whose tasks to explain; nil for all.
    package var explainedFile: String?
    /// Whether to print what the build does.
    package var printsLog = false
    /// Whether to color the output; nil to decide by the terminal.
    package var usesColor: Bool?

    /// Whether to watch by looking at every file again and again.
    package var watchesByPolling = false
    /// Where to keep what is found out.
    package var store = StoreChoice.folder(StoreChoice.defaultFolder)
    /// How to print what a store holds.
    package var inspection = InspectionFormat.text
    /// What to show of the graph.
    package var graph = GraphOptions()

    /// What is asked for when nothing is.
    package init() {}

    /// The folder of the store that a command about it means.
    var storePath: String {
        switch store {
        case .folder(let path): path
        case .none: StoreChoice.defaultFolder
        }
    }
}
