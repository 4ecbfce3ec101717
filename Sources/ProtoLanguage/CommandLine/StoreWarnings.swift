import PIE
import Synchronization

/// Prints what is wrong with the store, each thing once.
final class StoreWarnings: Tracker {
    private let output: CommandOutput
    private let printed = Mutex<Set<String>>([])

    init(_ output: CommandOutput) {
        self.output = output
    }

    /// Prints what the user should know of; that a process was killed, or that the store knows more types than this
    /// program, makes no difference to anybody.
    func handle(_ event: BuildEvent) {
        guard case .store(let notice) = event else { return }
        switch notice {
        case .unfinished, .unknownType: break
        case .keptAside(let file, let kept, let why) where file == kept: warn("\(file) \(why); it is left as it is")
        case .keptAside, .damaged, .undecodable, .unencodable, .notWritten: warn("\(notice)")
        }
    }

    private func warn(_ text: String) {
        guard printed.withLock({ $0.insert(text).inserted }) else { return }
        output.print("Warning: \(text)", to: .error)
    }
}
