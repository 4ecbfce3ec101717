/// An option that the command line knows.
enum CommandLineOption: CaseIterable {
    case importRoot
    case jobs
    case watch
    case statistics
    case explain
    case log
    case color
    case noColor
    case type
    case around
    case depth
    case filesOnly
    case all
    case store
    case noStore
    case json
    case dot
    case version
    case help

    /// The name after one dash.
    var short: Character? {
        switch self {
        case .importRoot: "I"
        case .jobs: "j"
        case .help: "h"
        default: nil
        }
    }

    /// The name after two dashes.
    var long: String {
        switch self {
        case .importRoot: "import-root"
        case .jobs: "jobs"
        case .watch: "watch"
        case .statistics: "stats"
        case .explain: "explain"
        case .log: "log"
        case .color: "color"
        case .noColor: "no-color"
        case .type: "type"
        case .around: "around"
        case .depth: "depth"
        case .filesOnly: "files-only"
        case .all: "all"
        case .store: "store"
        case .noStore: "no-store"
        case .json: "json"
        case .dot: "dot"
        case .version: "version"
        case .help: "help"
        }
    }

    /// What stands for the value in the help; nil for an option without one.
    var valueName: String? {
        switch self {
        case .importRoot, .store: "dir"
        case .jobs, .depth: "n"
        case .type: "type"
        case .around: "file"
        default: nil
        }
    }

    /// Whether a value may be given after an equals sign, and only there.
    var takesOptionalValue: Bool { self == .explain || self == .watch }

    /// The commands that the option belongs to.
    var commands: [CommandLineOptions.Command] {
        switch self {
        case .watch, .statistics, .explain, .color, .noColor: [.check]
        case .type, .around, .depth, .filesOnly, .all: [.graph]
        case .importRoot, .jobs, .log, .noStore: [.check, .graph]
        case .json, .dot: [.inspect]
        case .store, .version, .help: CommandLineOptions.Command.allCases
        }
    }
}
