/// What the command line asks for.
struct Arguments {
    /// The workloads to run; all of them if none is named.
    var names: [String] = []

    /// How many sizes and runs; the usual ones unless an option says otherwise.
    var extent = Extent.usual

    /// JSON lines instead of a table.
    var isJSON = false

    var showsHelp = false

    /// The only size, number of jobs and number of runs, where given.
    var size: Int?
    var jobs: Int?
    var runs: Int?

    /// Processor time instead of the time that passes; ``Stopwatch`` looks for the option itself.
    var countsProcessorTime = false

    /// Other build tools on the same files, too.
    var withPeers = false

    /// Where to write the rows, and where those are that they are compared with.
    var save: String?
    var compare: String?

    /// Measure here, and print rows for the process that started this one.
    var isChild = false

    /// Reads a command line.
    init(_ arguments: some Sequence<String>) throws {
        var rest = arguments.makeIterator()
        func number(_ option: String) throws -> Int {
            guard let text = rest.next(), let number = Int(text), number > 0 else {
                throw UsageError(description: "\(option) needs a number")
            }
            return number
        }
        func path(_ option: String) throws -> String {
            guard let path = rest.next(), !path.isEmpty, !path.hasPrefix("-") else {
                throw UsageError(description: "\(option) needs the path of a file")
            }
            return path
        }
        func set(_ extent: Extent) throws {
            if self.extent != .usual && self.extent != extent {
                throw UsageError(description: "--quick and --full exclude each other")
            }
            self.extent = extent
        }
        while let argument = rest.next() {
            switch argument {
            case "--quick": try set(.quick)
            case "--full": try set(.full)
            case "--peers": withPeers = true
            case "--save": save = try path(argument)
            case "--compare": compare = try path(argument)
            case "--json": isJSON = true
            case "--help", "-h": showsHelp = true
            case "--cpu": countsProcessorTime = true
            case "--child": isChild = true
            case "--size": size = try number(argument)
            case "--jobs": jobs = try number(argument)
            case "--runs": runs = try number(argument)
            case _ where argument.hasPrefix("-"): throw UsageError(description: "unknown option \(argument)")
            default:
                guard workloads.contains(where: { $0.name == argument }) else {
                    throw UsageError(description: "there is no workload named \(argument)")
                }
                names.append(argument)
            }
        }
    }

    static var help: String {
        """
        usage: pie-benchmarks [--quick | --full] [--peers] [--json] [--save file] [--compare file]
                              [--cpu] [--size n] [--jobs n] [--runs n] [workload ...]

        --quick    fewer runs, and one or two sizes of each workload
        --full     also sizes of 1,000,000
        --peers    ninja, samurai, make and Shake on the files of `files`, as far as they are installed
        --json     one JSON object a line instead of a table
        --save     write the rows to a file, one JSON object a line
        --compare  print how many times as much each figure is as in a file that --save wrote
        --cpu      processor time instead of the time that passes, for a busy machine; use it with --jobs 1
        --size     this size only
        --jobs     this number of jobs only, instead of one and as many as there are cores
        --runs     how often each phase is measured

        workloads

        """ + workloads.map { "\($0.name.padded(to: 10))\($0.summary)" }.joined(separator: "\n")
    }
}

/// A command line that cannot be understood.
struct UsageError: Error, CustomStringConvertible {
    let description: String
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
