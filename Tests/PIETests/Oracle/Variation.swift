extension Oracle {
    /// A way of going through a history; whichever it is, the same must come out.
    struct Variation: Hashable, Sendable {
        var jobs = 1
        var naming = NamingOrder.sorted
        /// Whether each task that the host requires is required in a session of its own, behind that of an update.
        var splitsSessions = false
        var keeping = Keeping.inMemory

        /// In which order an update is told of files.
        enum NamingOrder: Hashable, Sendable {
            case sorted
            case reversed
            case shuffled
        }

        /// What there is of a build between two steps.
        enum Keeping: Hashable, Sendable {
            case inMemory
            /// One process with a store.
            case open
            /// A store that was not closed, and goes on in another process.
            case dropped
            case closed
            case folded
            /// A copy of the store in another folder.
            case copied
        }
    }
}
