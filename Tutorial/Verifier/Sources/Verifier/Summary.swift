/// What a run of the verifier has done.
public struct Summary: Equatable, Sendable, CustomStringConvertible {
    /// Chapters replayed.
    public var chapters = 0
    /// Changes made.
    public var steps = 0
    /// Commands run.
    public var commands = 0
    /// Commands that had to fail, and did or did not.
    public var expectedFailures = 0
    /// Outputs compared with quotations.
    public var outputs = 0
    /// Exercises whose tests were run with a solution.
    public var exercises = 0
    /// Exercises whose tests were run without a solution, and failed.
    public var unsolved = 0
    /// Differences found.
    public var problems = 0

    /// Creates a summary of nothing.
    public init() {}

    /// Adds what another run has done.
    public static func += (sum: inout Summary, other: Summary) {
        let numbers: [WritableKeyPath<Summary, Int>] = [
            \.chapters, \.steps, \.commands, \.expectedFailures, \.outputs, \.exercises, \.unsolved, \.problems,
        ]
        for number in numbers { sum[keyPath: number] += other[keyPath: number] }
    }

    /// One line for each number.
    public var description: String {
        let rows = [
            ("chapters", chapters), ("steps", steps), ("commands", commands), ("expected failures", expectedFailures),
            ("outputs compared", outputs), ("exercises", exercises),
            ("failing unsolved", unsolved), ("problems", problems),
        ]
        return rows.map { name, count in
            name + String(repeating: " ", count: 20 - name.count) + "\(count)"
        }.joined(separator: "\n")
    }
}
