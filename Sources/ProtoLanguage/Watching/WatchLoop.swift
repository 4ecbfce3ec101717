import PIE

/// The thread of a watcher: takes changes from their source and posts them when a batch is complete.
// SAFETY: `@unchecked` because of the source and the gatherer, which the initialiser makes, and which from then on `run`
// alone uses, once and on one thread.
final class WatchLoop: @unchecked Sendable {
    private let paths: [WatchedPath]
    private let options: WatcherOptions
    private let mailbox: ChangeMailbox
    private let pipe: WakePipe
    private let notice: @Sendable (String) -> Void
    private var source: any ChangeSource
    private var gatherer: ChangeGatherer

    /// Begins to watch absolute `paths` with the source that `makeSource` gives, or by polling.
    init(
        _ paths: [WatchedPath],
        options: WatcherOptions,
        mailbox: ChangeMailbox,
        pipe: WakePipe,
        makeSource: ([WatchedPath]) throws(WatchFailure) -> any ChangeSource,
        notice: @escaping @Sendable (String) -> Void
    ) {
        self.paths = paths
        self.options = options
        self.mailbox = mailbox
        self.pipe = pipe
        self.notice = notice
        gatherer = ChangeGatherer(quietTime: options.quietTime, limit: options.longestWait)
        do throws(WatchFailure) {
            source = try makeSource(paths)
        } catch {
            source = PollingSource(paths, interval: options.pollingInterval)
            notice(error.message)
        }
    }

    /// Watches until it is woken.
    func run() {
        var nextLook = ContinuousClock.now
        while true {
            let now = ContinuousClock.now
            let looksAt = source.descriptor == nil ? nextLook : nil
            let until = [looksAt, gatherer.deadline].compactMap { $0 }.min()
            guard pipe.wait(for: source.descriptor, timeout: until.map { now.duration(to: $0) }) else { break }
            if let looksAt, ContinuousClock.now < looksAt {
                post()
                continue
            }
            takeChanges()
            nextLook = .now + source.interval
            post()
        }
        mailbox.close()
    }

    private func takeChanges() {
        do throws(WatchFailure) {
            gatherer.add(try source.takeChanges(), at: .now)
        } catch {
            // From now on every look is compared with this one; what came before it has to be looked for.
            source = PollingSource(paths, interval: options.pollingInterval)
            notice(error.message)
            var lost = ChangeBatch()
            lost.isIncomplete = true
            gatherer.add(lost, at: .now)
        }
    }

    private func post() {
        if let batch = gatherer.take(at: .now) { mailbox.post(batch) }
    }
}
