import PIE

/// One execution, and why it was made.
struct Run: Hashable {
    let task: AnyTask
    let why: Why
}

extension Run {
    init(_ task: some IncrementalTask, _ why: Why) {
        self.init(task: AnyTask(task), why: why)
    }
}

extension Run: CustomStringConvertible {
    var description: String { "\(task) (\(why))" }
}

/// An ``ExecutionReason`` without the stamps before and after.
enum Why: Hashable {
    case new
    case version
    case lastRunFailed
    case forced
    case task(AnyTask)
    case failed(AnyTask)
    case file(File)
    case provided(File)
    case resource(String)

    init(_ reason: ExecutionReason) {
        switch reason {
        case .new: self = .new
        case .version: self = .version
        case .lastRunFailed: self = .lastRunFailed
        case .forced: self = .forced
        case .dependency(let change):
            switch change.target {
            case .task(let task): self = .task(task)
            case .failed(let task): self = .failed(task)
            case .file(let file): self = .file(file)
            case .provided(let file): self = .provided(file)
            case .resource(let text): self = .resource(text)
            }
        }
    }

    static func output(of task: some IncrementalTask) -> Why { .task(AnyTask(task)) }

    static func failure(of task: some IncrementalTask) -> Why { .failed(AnyTask(task)) }
}
