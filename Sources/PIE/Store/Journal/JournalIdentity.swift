/// What ties a journal to its snapshot: both belong to one store, and the journal begins where the snapshot ends.
package struct JournalIdentity: Hashable, Sendable {
    /// A random number that a store gets when it is created.
    package let store: StoreIdentifier

    /// How often the store was folded.
    package let generation: UInt64

    /// Creates an identity.
    package init(store: StoreIdentifier, generation: UInt64) {
        self.store = store
        self.generation = generation
    }

    /// The name of the file of this journal: each generation has its own.
    package var fileName: String { "journal-\(generation)" }
}
