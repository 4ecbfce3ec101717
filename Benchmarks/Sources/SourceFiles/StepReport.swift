/// What a fresh process says of its one step, in a line.
package struct StepReport {
    /// How long it took to open the build, in nanoseconds.
    package var opening = 0

    /// How long the session took, or the look-up, or the calls of `stat`.
    package var session = 0

    /// How long it took to close the build.
    package var closing = 0

    /// How many tasks executed.
    package var executed = 0

    /// The most memory that was resident.
    package var peak = 0

    /// What came out.
    package var result: UInt64 = 0

    package init() {}

    /// The report as a line.
    package var line: String { "\(opening) \(session) \(closing) \(executed) \(peak) \(result)" }

    /// Reads a report from its line.
    package init?(line: some StringProtocol) {
        let fields = line.split(separator: " ")
        let numbers = fields.prefix(5).compactMap { Int($0) }
        guard fields.count == 6, numbers.count == 5, let result = UInt64(fields[5]) else { return nil }
        opening = numbers[0]
        session = numbers[1]
        closing = numbers[2]
        executed = numbers[3]
        peak = numbers[4]
        self.result = result
    }
}
