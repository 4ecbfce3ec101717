/// An option that the command line knows.
enum CommandLineOption: CaseIterable {
    case importRoot
    case jobs
    case statistics
    case explain
    case log
    case color
    case noColor
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
        case .statistics: "stats"
        case .explain: "explain"
        case .log: "log"
        case .color: "color"
        case .noColor: "no-color"
        case .version: "version"
        case .help: "help"
        }
    }

    /// What stands for the value in the help; nil for an option without one.
    var valueName: String? {
        switch self {
        case .importRoot: "dir"
        case .jobs: "n"
        default: nil
        }
    }

    /// Whether a value may be given after an equals sign, and only there.
    var takesOptionalValue: Bool { self == .explain }
}
