import PIE

extension Oracle {
    /// What the tasks of a trial do, by their numbers.
    struct Program: Hashable, Sendable {
        /// The instructions of each task.
        var tasks: [[Instruction]]

        /// What each task reduces its result by: with a small modulus a change often goes no further.
        var moduli: [Int]

        /// The files that the host edits; one in three lies in the folder that tasks list.
        var sources: [File]

        /// The files that tasks write; some lie in the folder that tasks list.
        var generated: [File]

        /// Whether tasks may break R10 and R11.
        var isCareless = false

        /// The task that a task has as a field: the first that it requires so.
        func field(of task: Int) -> Int? {
            guard tasks.indices.contains(task) else { return nil }
            for case .require(let other, .field) in tasks[task] where other < task { return other }
            return nil
        }
    }

    /// One thing that a task does; what it finds goes into its result.
    indirect enum Instruction: Hashable, Sendable {
        case read(File, FileStamper)
        case depend(File)
        case list(Listing)
        case input(Int)
        case variable(Int)
        case require(Int, View)
        /// Requires tasks in parallel.
        case all([Int], isBoxed: Bool)
        /// Requires two tasks in parallel, in the pack form.
        case pair(Int, Int)
        /// Requires two tasks with `async let`.
        case together(Int, Int)
        /// Requires one of several tasks, which one depends on what was found last.
        case choose([Int])
        /// Requires a task and goes on if it fails.
        case attempt(Int)
        /// Does the first if what was found last is even, otherwise the second.
        case branch([Instruction], [Instruction])
        case write(File)
        /// Fails if what was found last is a multiple.
        case fail(Int)
        case previous
        /// Asks for what another task gave before the session.
        case earlier(Int)
    }

    /// What a requirer sees of an output.
    enum View: Hashable, Sendable {
        case whole
        case boxed
        /// Required as a field of the requirer.
        case field
        case projected(Int)
        case stamped(Int)
        case ignored

        /// The part of an output that the requirement depends on.
        func stamp(_ output: Int) -> Int {
            switch self {
            case .whole, .boxed, .field: output
            case .projected(let modulus), .stamped(let modulus): output % modulus
            case .ignored: 0
            }
        }

        /// The view by which a requirement is recorded.
        var recorded: View { self == .boxed || self == .field ? .whole : self }
    }

    /// The listings that tasks read.
    enum Listing: Hashable, Sendable, CaseIterable {
        case all
        case matching

        var resource: DirectoryListing {
            switch self {
            case .all: DirectoryListing("listed")
            case .matching: DirectoryListing("listed", matching: "a*")
            }
        }

        /// Whether a file is shown if it is there.
        func shows(_ file: File) -> Bool {
            file.path.hasPrefix(self == .all ? "listed/" : "listed/a")
        }
    }

    /// What a task of a program fails with.
    struct Failure: Error, Hashable {
        var task: Int
    }

    struct Remainder: Projection {
        var modulus: Int
        func project(_ output: Int) -> Int { output % modulus }
    }

    struct RemainderStamper: OutputStamper {
        var modulus: Int
        func stamp(_ output: Int) -> Int { output % modulus }
    }

    /// The input of a number.
    static func input(_ number: Int) -> Input<Int> { Input("input \(number)", default: 0) }

    /// The environment variable of a number.
    static func variable(_ number: Int) -> EnvironmentVariable { EnvironmentVariable("PIE_ORACLE_\(number)") }

    /// The number of an environment variable.
    static func number(of variable: EnvironmentVariable) -> Int? {
        variable.name.split(separator: "_").last.flatMap { Int($0) }
    }
}
