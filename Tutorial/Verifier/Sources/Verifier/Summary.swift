/// What a run of the verifier has done.
public struct Summary: Equatable, Sendable, CustomStringConvertible {
    public var chapters = 0
    public var steps = 0
    public var commands = 0
    public var expectedFailures = 0
    public var outputs = 0
    public var exercises = 0
    public var problems = 0

    /// Creates a summary of nothing.
    public init() {}

    /// One line for each number.
    public var description: String {
        let rows = [
            ("chapters", chapters), ("steps", steps), ("commands", commands), ("expected failures", expectedFailures),
            ("outputs compared", outputs), ("exercises", exercises), ("problems", problems),
        ]
        return rows.map { name, count in
            name + String(repeating: " ", count: 20 - name.count) + "\(count)"
        }.joined(separator: "\n")
    }
}
