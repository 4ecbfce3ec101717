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
        case .version: "version"
        case .help: "help"
        }
    }

    /// What stands for the value in the help; nil for an option without one.
    var valueName: String? {
        switch self {
        case .importRoot: "dir"
        case .jobs, .depth: "n"
        case .type: "type"
        case .around: "file"
        default: nil
        }
    }

    /// Whether a value may be given after an equals sign, and only there.
    var takesOptionalValue: Bool { self == .explain || self == .watch }

    /// The one command that the option belongs to; nil if it belongs to all.
    var command: CommandLineOptions.Action? {
        switch self {
        case .watch, .statistics, .explain, .color, .noColor: .check
        case .type, .around, .depth, .filesOnly, .all: .graph
        case .importRoot, .jobs, .log, .version, .help: nil
        }
    }
}
