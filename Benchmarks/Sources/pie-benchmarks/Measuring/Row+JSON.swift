import Foundation

/// A row as one JSON object in a line: what processes that measure print, and what is saved.
extension Row {
    /// The row as it was measured.
    var json: String { "{\(members)}" }

    /// The row, and how many times as much it is as the saved one; `null` where none was saved.
    func json(ratio: Double?) -> String { #"{\#(members),"ratio_to_saved":\#(ratio.map { "\($0)" } ?? "null")}"# }

    private var members: String {
        let values: String
        switch figure {
        case .time(let median, let min, let max, let runs, let instructions):
            let counted = instructions.map { #","instructions":\#($0)"# } ?? ""
            values = #""median_ns":\#(median),"min_ns":\#(min),"max_ns":\#(max),"runs":\#(runs)\#(counted)"#
        case .memory(let bytes):
            values = #""bytes":\#(bytes)"#
        case .ratio(let nanoseconds, let others):
            values = #""ns":\#(nanoseconds),"other_ns":\#(others)"#
        }
        return #""workload":"\#(workload)","size":\#(size),"jobs":\#(jobs),"phase":"\#(phase)","#
            + #""clock":"\#(clock.rawValue)","count":\#(count.number),"unit":"\#(count.unit)",\#(values)"#
    }

    /// Reads a row from its line; `nil` if it is none.
    init?(json: some StringProtocol) {
        guard let members = try? JSONDecoder().decode(Members.self, from: Data(json.utf8)),
            let figure = members.figure
        else {
            return nil
        }
        workload = members.workload
        size = members.size
        jobs = members.jobs
        phase = members.phase
        clock = members.clock
        count = Count(number: members.count, unit: members.unit)
        self.figure = figure
    }

    private struct Members: Decodable {
        let workload: String
        let size: Int
        let jobs: Int
        let phase: String
        let clock: Stopwatch.Clock
        let count: Int
        let unit: String
        let median: Int?
        let minimum: Int?
        let maximum: Int?
        let runs: Int?
        let instructions: Int?
        let bytes: Int?
        let nanoseconds: Int?
        let others: Int?

        enum CodingKeys: String, CodingKey {
            case workload, size, jobs, phase, clock, count, unit, runs, instructions, bytes
            case median = "median_ns"
            case minimum = "min_ns"
            case maximum = "max_ns"
            case nanoseconds = "ns"
            case others = "other_ns"
        }

        var figure: Figure? {
            if let median, let minimum, let maximum, let runs {
                return .time(median: median, min: minimum, max: maximum, runs: runs, instructions: instructions)
            }
            if let bytes { return .memory(bytes) }
            if let nanoseconds, let others { return .ratio(nanoseconds, others) }
            return nil
        }
    }
}
