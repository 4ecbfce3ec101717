/// Reads the arguments of a command line.
package struct CommandLineParser {
    private var options = CommandLineOptions()
    private var command = CommandLineOptions.Command.check
    private var arguments: ArraySlice<String>

    private init(_ arguments: [String]) {
        self.arguments = arguments[...]
    }

    /// Reads `arguments`, which do not contain the name of the program.
    ///
    /// - Parameter arguments: the arguments.
    /// - Returns: what they ask for.
    /// - Throws: a ``UsageError`` for the first argument that makes no sense.
    package static func parse(_ arguments: [String]) throws(UsageError) -> CommandLineOptions {
        var parser = CommandLineParser(arguments)
        try parser.parseAll()
        try parser.checkGraphOptions()
        return parser.options
    }

    private mutating func parseAll() throws(UsageError) {
        if let first = arguments.first.flatMap(CommandLineOptions.Command.init), let action = first.action {
            arguments.removeFirst()
            command = first
            options.action = action
        }
        while let argument = arguments.popFirst() {
            if argument == "--" {
                for path in arguments { try add(path: path) }
                return
            }
            if argument.hasPrefix("--") {
                try parseLong(argument)
            } else if argument.hasPrefix("-") && argument != "-" {
                try parseShort(argument)
            } else {
                try add(path: argument)
            }
            switch options.action {
            case .check, .watch, .graph, .inspect, .clean: continue
            case .showHelp, .showVersion: return
            }
        }
    }

    private mutating func add(path: String) throws(UsageError) {
        guard command == .check || command == .graph else {
            throw UsageError(message: "'protocheck \(command)' takes no paths, such as '\(path)'.")
        }
        options.paths.append(path)
    }

    private func checkGraphOptions() throws(UsageError) {
        let graph = options.graph
        if graph.depth != nil && graph.centers.isEmpty {
            throw UsageError(message: "The option '--depth' says how far to go from a file: give one with '--around'.")
        }
        if graph.showsFilesOnly && (graph.showsAll || !graph.types.isEmpty) {
            throw UsageError(
                message: "The option '--files-only' shows no tasks: '--type' and '--all' do not go with it."
            )
        }
    }

    private mutating func parseLong(_ argument: String) throws(UsageError) {
        let body = argument.dropFirst(2)
        let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let value = parts.count > 1 ? String(parts[1]) : nil
        guard let option = CommandLineOption.allCases.first(where: { $0.long == name }) else {
            throw UsageError(message: "Unknown option '--\(name)'." + Spelling.suggestion(for: name))
        }
        if value != nil && option.valueName == nil && !option.takesOptionalValue {
            throw UsageError(message: "The option '--\(name)' takes no value.")
        }
        try apply(option, named: "--\(name)", value: value)
    }

    /// Reads `-j4`, `-j 4`, and several options behind one dash.
    private mutating func parseShort(_ argument: String) throws(UsageError) {
        var rest = argument.dropFirst()
        while let character = rest.popFirst() {
            guard let option = CommandLineOption.allCases.first(where: { $0.short == character }) else {
                throw UsageError(message: "Unknown option '-\(character)'.")
            }
            var value: String?
            if option.valueName != nil && !rest.isEmpty {
                value = String(rest.first == "=" ? rest.dropFirst() : rest)
                rest = ""
            }
            try apply(option, named: "-\(character)", value: value)
        }
    }

    private mutating func apply(
        _ option: CommandLineOption,
        named name: String,
        value: String?
    ) throws(UsageError) {
        if !option.commands.contains(command) {
            let whose =
                command == .check
                ? "belongs to " + option.commands.map { "'protocheck \($0)'" }.joined(separator: " and ")
                : "does not go with 'protocheck \(command)'"
            throw UsageError(message: "The option '\(name)' \(whose).")
        }
        switch option {
        case .importRoot:
            options.importRoots.append(try self.value(of: option, named: name, given: value))
        case .jobs:
            options.jobs = try number(of: option, named: name, given: value, atLeast: 1)
        case .watch:
            guard value == nil || value == "poll" else {
                throw UsageError(message: "The value '\(value ?? "")' is invalid for '\(name)': it can only be 'poll'.")
            }
            options.action = .watch
            options.watchesByPolling = value == "poll"
        case .statistics: options.printsStatistics = true
        case .explain:
            options.explains = true
            options.explainedFile = value ?? options.explainedFile
        case .log: options.printsLog = true
        case .color: options.usesColor = true
        case .noColor: options.usesColor = false
        case .type:
            options.graph.types += try self.value(of: option, named: name, given: value).split(separator: ",").map(
                String.init
            )
        case .around: options.graph.centers.append(try self.value(of: option, named: name, given: value))
        case .depth: options.graph.depth = try number(of: option, named: name, given: value, atLeast: 0)
        case .filesOnly: options.graph.showsFilesOnly = true
        case .all: options.graph.showsAll = true
        case .store: options.store = .folder(try self.value(of: option, named: name, given: value))
        case .noStore: options.store = .none
        case .json: try choose(.json)
        case .dot: try choose(.dot)
        case .version: options.action = .showVersion
        case .help: options.action = .showHelp(command)
        }
    }

    private mutating func choose(_ format: InspectionFormat) throws(UsageError) {
        guard options.inspection == .text || options.inspection == format else {
            throw UsageError(message: "The options '--json' and '--dot' exclude each other.")
        }
        options.inspection = format
    }

    private mutating func number(
        of option: CommandLineOption,
        named name: String,
        given value: String?,
        atLeast least: Int
    ) throws(UsageError) -> Int {
        let text = try self.value(of: option, named: name, given: value)
        guard let number = Int(text), number >= least else {
            throw UsageError(message: "The value '\(text)' is invalid for '\(name) <n>': it must be at least \(least).")
        }
        return number
    }

    private mutating func value(
        of option: CommandLineOption,
        named name: String,
        given value: String?
    ) throws(UsageError) -> String {
        if let value, !value.isEmpty {
            return value
        }
        guard value == nil, let next = arguments.first, !next.hasPrefix("-") else {
            throw UsageError(message: "Missing value for '\(name) <\(option.valueName ?? "value")>'.")
        }
        arguments.removeFirst()
        return next
    }
}

extension CommandLineOptions.Command {
    /// What the command does; nil for the one that has no name of its own on the command line.
    fileprivate var action: CommandLineOptions.Action? {
        switch self {
        case .check: nil
        case .graph: .graph
        case .inspect: .inspect
        case .clean: .clean
        }
    }
}
