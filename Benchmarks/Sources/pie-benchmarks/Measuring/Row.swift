/// One measured figure.
struct Row: Sendable {
    /// A time, an amount of memory, or a ratio.
    enum Figure: Sendable {
        /// Nanoseconds over a number of runs, and the median of the instructions where the machine counts them.
        case time(median: Int, min: Int, max: Int, runs: Int, instructions: Int?)

        /// Bytes, resident or in files.
        case memory(Int)

        /// The nanoseconds of one phase, and those of another that they are divided by.
        case ratio(Int, Int)
    }

    let workload: String
    let size: Int
    let jobs: Int
    let phase: String
    var clock = Stopwatch.clock
    let count: Count
    let figure: Figure
}

extension Row {
    /// What a row must have in common with one of another run to be compared with it.
    struct Key: Hashable {
        let workload: String
        let size: Int
        let jobs: Int
        let phase: String
        let clock: Stopwatch.Clock
    }

    var key: Key { Key(workload: workload, size: size, jobs: jobs, phase: phase, clock: clock) }

    /// What is compared: the median, the bytes, or the ratio.
    var value: Double {
        switch figure {
        case .time(let median, _, _, _, _): Double(median)
        case .memory(let bytes): Double(bytes)
        case .ratio(let nanoseconds, let others): Double(nanoseconds) / Double(max(1, others))
        }
    }

    /// The figure for one task, edge, hit or level, in nanoseconds or bytes.
    var each: Double {
        if case .ratio = figure { return value }
        return value / Double(max(1, count.number))
    }
}
