import PIE

extension Oracle {
    /// What happens to a `Pie`, step by step.
    struct History: Hashable, Sendable {
        var jobs: Int
        var keepGoing: Bool
        /// What the source files contain at first; nil for none.
        var contents: [Int?]
        var steps: [Step]
    }

    /// Some edits, then a session.
    struct Step: Hashable, Sendable {
        var edits: [Edit]
        var action: Action
        /// Whether the result is compared with a run in a `NonIncrementalContext` too.
        var comparesFromScratch: Bool
        /// How many bytes of the store are written before the process dies, in a life in which it does.
        var kill: Int?
    }

    /// One change between sessions, to a file by its number; generated files follow the sources.
    enum Edit: Hashable, Sendable {
        case write(Int, Int)
        /// The same contents at another time.
        case touch(Int)
        /// The same contents in a new file.
        case rewrite(Int)
        /// Other contents of the same size, at the time that the clock tells: perhaps in the same tick.
        case slip(Int, Int)
        /// Other contents of the same size, with the time of those before.
        case disguise(Int, Int)
        case delete(Int)
        case swap(Int, Int)
        /// Back to what it was before its last change.
        case undo(Int)
        case input(Int, Int)
        /// Lays a buffer over a file, or takes it away.
        case buffer(Int, Int?)
        /// Gives an environment variable a value, or takes it away.
        case variable(Int, Int?)
        /// Raises or lowers the version of the tasks' type.
        case version(Int)
        case observe(Int)
        case unobserve(Int)
    }

    /// What a session does.
    indirect enum Action: Hashable, Sendable {
        case require([Int], Manner)
        /// Updates, and then perhaps requires everything that was ever required.
        case update(Naming, requiringAll: Bool)
        case demand(Int, observing: Bool, forcing: Bool)
        /// Between sessions: forgets what is not observed.
        case collectGarbage(deleting: Bool)
        /// Does something and is cancelled at an event.
        case cancelled(Action, at: Int)
        /// Does something, at an event is superseded by a session that edits files and does something else.
        case superseded(Action, at: Int, edits: [Edit], by: Action)
    }

    /// How several tasks are required.
    enum Manner: Hashable, Sendable, CaseIterable {
        case oneByOne
        case atOnce
        case asGroup
    }

    /// What an update is told.
    enum Naming: Hashable, Sendable, CaseIterable {
        case exactly
        case generously
        case detect
    }
}
