/// One measured figure.
struct Row: Sendable {
    /// A time, an amount of memory, or a ratio.
    enum Figure: Sendable {
        /// Nanoseconds over a number of runs.
        case time(median: Int, min: Int, max: Int, runs: Int)

        /// Bytes, resident or in files.
        case memory(Int)

        /// The nanoseconds of one phase, and those of another that they are divided by.
        case ratio(Int, Int)
    }

    let workload: String
    let size: Int
    let jobs: Int
    let phase: String
    let count: Count
    let figure: Figure
}

extension Row {
    /// The row as a process that measures hands it to the one that prints: fields between tabs.
    var line: String {
        let values: [Int] =
            switch figure {
            case .time(let median, let min, let max, let runs): [median, min, max, runs]
            case .memory(let bytes): [bytes]
            case .ratio(let nanoseconds, let others): [nanoseconds, others]
            }
        let fields = [workload, "\(size)", "\(jobs)", phase, "\(count.number)", count.unit] + values.map(String.init)
        return fields.joined(separator: "\t")
    }

    /// Reads a row from its line.
    init?(line: String) {
        let fields = line.split(separator: Character("\t")).map { String($0) }
        guard fields.count >= 7, let size = Int(fields[1]), let jobs = Int(fields[2]), let number = Int(fields[4])
        else {
            return nil
        }
        let values = fields[6...].compactMap { Int($0) }
        switch values.count {
        case 4: figure = .time(median: values[0], min: values[1], max: values[2], runs: values[3])
        case 2: figure = .ratio(values[0], values[1])
        case 1: figure = .memory(values[0])
        default: return nil
        }
        workload = fields[0]
        self.size = size
        self.jobs = jobs
        phase = fields[3]
        count = Count(number: number, unit: fields[5])
    }

    /// The figure for one task, edge, hit or level, in nanoseconds or bytes.
    var each: Double {
        switch figure {
        case .time(let median, _, _, _): Double(median) / Double(max(1, count.number))
        case .memory(let bytes): Double(bytes) / Double(max(1, count.number))
        case .ratio(let nanoseconds, let others): Double(nanoseconds) / Double(max(1, others))
        }
    }

    /// The row as one JSON object.
    var json: String {
        let values: String
        switch figure {
        case .time(let median, let min, let max, let runs):
            values = #""median_ns":\#(median),"min_ns":\#(min),"max_ns":\#(max),"runs":\#(runs)"#
        case .memory(let bytes):
            values = #""bytes":\#(bytes)"#
        case .ratio(let nanoseconds, let others):
            values = #""ns":\#(nanoseconds),"other_ns":\#(others)"#
        }
        return #"{"workload":"\#(workload)","size":\#(size),"jobs":\#(jobs),"phase":"\#(phase)","#
            + #""count":\#(count.number),"unit":"\#(count.unit)",\#(values)}"#
    }
}
