/// What the verifier is told on its command line.
public struct Options: Equatable, Sendable {
    /// What `--help` prints.
    public static let help = """
        Tutorial/verify [--chapter <n>] [--update]

        Replays the tutorial from an empty package: makes every change that the chapters show, runs every command,
        and compares what comes of it with what the chapters say. The tests of exercises must fail without the
        solutions and succeed with them. Each chapter begins with the package at the end of the one before, and
        several are replayed at once.

          --chapter <n>   replay one chapter
          --from <n>      replay a chapter and those after it
          --update        put real output in the place of quoted output, and the packages that come about
                          in the place of the chapters' own; look at the differences before you commit them
          --help          print this

        A difference is reported with file and line, and makes the exit status 1.
        """

    /// The first chapter to replay, or `nil` for all.
    public var first: Int?
    /// Whether to stop after the first chapter.
    public var isSingle = false
    /// Whether to rewrite what differs.
    public var isUpdating = false
    /// Whether to print the help and do nothing else.
    public var wantsHelp = false

    /// A command line that cannot be understood.
    public struct Failure: Error, Equatable {
        /// What is wrong.
        public var message: String
    }

    /// Reads a command line.
    ///
    /// - Parameter arguments: The arguments, without the program's name.
    /// - Throws: A ``Failure``.
    public init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": wantsHelp = true
            case "--update": isUpdating = true
            case "--chapter", "--from":
                guard let number = rest.popFirst().flatMap({ Int($0) }) else {
                    throw Failure(message: "\(argument) needs the number of a chapter")
                }
                first = number
                isSingle = argument == "--chapter"
            default: throw Failure(message: "unknown option '\(argument)'; --help lists the options")
            }
        }
    }
}
