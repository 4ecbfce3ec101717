/// Something that happened in a build, as trackers are told.
///
/// For each task the events come in order: `required` by somebody, then `scheduled` or `checking`, then `reused`,
/// or `executing` followed by `executed`, `failed` or `cancelled`.
public enum BuildEvent: Sendable {
    /// A session began; sessions of one ``Pie`` are numbered from 1.
    case sessionBegan(Int)

    /// A session ended, or was superseded.
    case sessionEnded(Int)

    /// A bottom-up update began.
    case updateBegan(ChangeSet)

    /// A bottom-up update returned.
    case updateEnded(UpdateReport)

    /// A task is required: by another task, or by the host where that is `nil`.
    case required(AnyTask, by: AnyTask?)

    /// A requirement was answered, with an output or an error.
    case answered(AnyTask, by: AnyTask?)

    /// A bottom-up update put a task in line, because a dependency of it no longer holds.
    case scheduled(AnyTask)

    /// The recorded dependencies of a task are about to be checked.
    case checking(AnyTask)

    /// A task was found consistent and is not executed.
    case reused(AnyTask)

    /// A task begins to execute.
    case executing(AnyTask, reason: ExecutionReason)

    /// A task executed; `changed` tells whether its output differs from the one before.
    case executed(AnyTask, changed: Bool)

    /// A task threw an error.
    case failed(AnyTask, any Error)

    /// A task's execution was cancelled, and nothing of it was kept.
    case cancelled(AnyTask)

    /// A task read a file or depended on it.
    case read(File, by: AnyTask)

    /// A task provided a file; `changed` tells whether bytes were written.
    case provided(File, by: AnyTask, changed: Bool)

    /// A file's last provider no longer provides it, or only a failed attempt wrote it.
    case orphaned(File)

    /// An unsaved buffer lies over a file that a task provides: readers see what the task wrote.
    case bufferIgnored(File, provider: AnyTask)

    /// There is something to know about the store.
    case store(StoreNotice)
}

extension BuildEvent {
    /// The task the event is about, if it is about one.
    public var task: AnyTask? {
        switch self {
        case .sessionBegan, .sessionEnded, .updateBegan, .updateEnded, .orphaned, .bufferIgnored, .store: nil
        case .required(let task, _), .answered(let task, _), .scheduled(let task), .checking(let task),
            .reused(let task), .executing(let task, _), .executed(let task, _), .failed(let task, _),
            .cancelled(let task), .read(_, let task), .provided(_, let task, _):
            task
        }
    }
}

extension BuildEvent: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .sessionBegan(let number): "session \(number) began"
        case .sessionEnded(let number): "session \(number) ended"
        case .updateBegan(let changes): "update of \(changes) began"
        case .updateEnded(let report): "update ended: \(report)"
        case .required(let task, let requirer): "\(requirer.map { "\($0)" } ?? "the host") requires \(task)"
        case .answered(let task, let requirer): "\(requirer.map { "\($0)" } ?? "the host") got \(task)"
        case .scheduled(let task): "scheduled \(task)"
        case .checking(let task): "checking \(task)"
        case .reused(let task): "reused \(task)"
        case .executing(let task, let reason): "executing \(task): \(reason)"
        case .executed(let task, let changed): "executed \(task)\(changed ? "" : ", output unchanged")"
        case .failed(let task, let error): "failed \(task): \(error)"
        case .cancelled(let task): "cancelled \(task)"
        case .read(let file, let task): "\(task) read \(file.path)"
        case .provided(let file, let task, let changed):
            "\(task) provided \(file.path)\(changed ? "" : ", unchanged")"
        case .orphaned(let file): "orphaned \(file.path)"
        case .store(let notice): "store: \(notice)"
        case .bufferIgnored(let file, let provider): "ignored the buffer over \(file.path), which \(provider) provides"
        }
    }
}
