/// What a ``NonIncrementalContext`` has met so far.
final class NonIncrementalRun: Sendable {
    /// What is to be done about a requirement.
    enum Answer {
        case output(any Sendable)
        case failed(any Error)
        case cycle([AnyTask])
        case execute
        case wait
    }

    private enum Entry {
        case running(requirer: AnyTask?)
        case done(any Sendable)
        case failed(any Error)
    }

    private struct State {
        var entries: [AnyTask: Entry] = [:]
        /// Who waits for a task that somebody else executes.
        var waiters: [AnyTask: [(requirer: AnyTask?, continuation: UnsafeContinuation<Void, Never>)]] = [:]
        /// The files that tasks have provided.
        var provided: Set<File> = []
    }

    private let state = Lock<State>(State())

    /// Claims a task for a requirer, or tells what became of it.
    func claim(_ task: AnyTask, for requirer: AnyTask?) -> Answer {
        state.withLock { state in
            switch state.entries[task] {
            case .done(let output): return .output(output)
            case .failed(let error): return .failed(error)
            case .running:
                if let path = Self.cycle(from: requirer, to: task, in: state) { return .cycle(path) }
                return .wait
            case nil:
                state.entries[task] = .running(requirer: requirer)
                return .execute
            }
        }
    }

    /// Waits until somebody else is done with a task.
    func wait(for task: AnyTask, _ requirer: AnyTask?) async {
        await withUnsafeContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard case .running = state.entries[task], Self.cycle(from: requirer, to: task, in: state) == nil else {
                    return false
                }
                state.waiters[task, default: []].append((requirer, continuation))
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }

    /// Ends the execution of a task; after a cancellation whoever waits may try again.
    func finish(_ task: AnyTask, _ result: Result<any Sendable, any Error>) {
        let waiters = state.withLock { state in
            switch result {
            case .success(let output): state.entries[task] = .done(output)
            case .failure(is CancellationError): state.entries[task] = nil
            case .failure(let error): state.entries[task] = .failed(error)
            }
            return state.waiters.removeValue(forKey: task) ?? []
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Notes that a task provides a file.
    func provide(_ file: File) { state.withLock { _ = $0.provided.insert(file) } }

    /// Whether a task of this run provides a file: then an unsaved buffer over it is ignored.
    func isProvided(_ file: File) -> Bool { state.withLock { $0.provided.contains(file) } }

    /// Does something for several numbers from 0 on, on as many workers as there are processors.
    ///
    /// After an error nothing new is begun.
    ///
    /// - Throws: The error of the least number.
    func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let work = Lock<(next: Int, errors: [Int: any Error])>((0, [:]))
        @Sendable func takeWork() async {
            while let index = work.withLock({ work -> Int? in
                guard work.next < count else { return nil }
                defer { work.next += 1 }
                return work.next
            }) {
                do {
                    try await body(index)
                } catch {
                    work.withLock { work in
                        work.errors[index] = error
                        work.next = count
                    }
                }
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 1..<max(1, min(count, Processors.count)) { group.addTask { await takeWork() } }
            await takeWork()
        }
        if let first = work.withLock({ $0.errors.min { $0.key < $1.key } }) { throw first.value }
    }

    /// The path of a cycle that would close if a requirer waited for a task, from the least task on.
    private static func cycle(from requirer: AnyTask?, to task: AnyTask, in state: State) -> [AnyTask]? {
        guard let requirer else { return nil }
        var below: [AnyTask: AnyTask] = [:]
        var seen: Set<AnyTask> = [requirer]
        var open = [requirer]
        while let current = open.popLast() {
            if current == task {
                var path = [current]
                while let next = below[path[path.count - 1]] { path.append(next) }
                let texts = path.map(\.description)
                guard let least = texts.indices.min(by: { texts[$0] < texts[$1] }) else { return path }
                return Array(path[least...] + path[..<least])
            }
            var above = (state.waiters[current] ?? []).map(\.requirer)
            if case .running(let parent)? = state.entries[current] { above.append(parent) }
            for case let next? in above where seen.insert(next).inserted {
                below[next] = current
                open.append(next)
            }
        }
        return nil
    }
}
