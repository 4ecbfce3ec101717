/// What is known of the bytes of one task of a graph that has a store.
struct StoredNode {
    /// Where the output is in a journal; ``StoredPlace/none``: in the snapshot, or nowhere.
    var output = StoredPlace.none

    /// The version of the output that the store has; 0: none.
    var storedVersion: UInt32 = 0

    /// The place in the list of what must be written; 0: it is not there.
    var dirtyAt: UInt32 = 0

    /// How many bytes the output counts for in the memory that outputs may take; 0: it is not counted.
    var outputSize: UInt32 = 0

    var flags: Flags = []

    init(flags: Flags = []) {
        self.flags = flags
    }

    struct Flags: OptionSet {
        let rawValue: UInt8

        /// The head is in memory.
        static let head = Flags(rawValue: 1 << 0)

        /// The record is in memory.
        static let record = Flags(rawValue: 1 << 1)

        /// The dependents are in memory, with their records.
        static let dependents = Flags(rawValue: 1 << 2)

        /// The store knows the key.
        static let defined = Flags(rawValue: 1 << 3)

        /// Its key, or its output, did not decode.
        static let undecodable = Flags(rawValue: 1 << 4)

        /// Its output was asked for since the last round of what may be dropped.
        static let used = Flags(rawValue: 1 << 5)

        /// It is in line for the next round.
        static let inRound = Flags(rawValue: 1 << 6)

        /// Those of its dependents that are observed are in memory, with their records.
        static let observedDependents = Flags(rawValue: 1 << 7)

        /// Those of its dependents that are observed are in memory, whether the others are or not.
        static let allObservedDependents: Flags = [.dependents, .observedDependents]

        /// It is not in the snapshot: all of it is in memory.
        static let new: Flags = [.head, .record, .dependents]
    }
}

/// What is known of the bytes of one resource of a graph that has a store.
struct StoredResource {
    /// Where what the snapshot says was seen of it lies in memory, one after the other.
    var firstObservation: ObservationID = 0
    var observationCount: UInt32 = 0

    var flags: StoredNode.Flags = []

    init(flags: StoredNode.Flags = []) {
        self.flags = flags
    }
}

/// A place in the journals of a store: the generation of the journal, and an offset in it, which is never 0.
struct StoredPlace: Hashable {
    private let bits: UInt64

    static let none = StoredPlace(bits: 0)

    private init(bits: UInt64) {
        self.bits = bits
    }

    init(journal: Int, offset: Int) {
        bits = UInt64(journal) << 44 | UInt64(offset)
    }

    var journal: Int { Int(bits >> 44) }
    var offset: Int { Int(bits & (1 << 44 - 1)) }
}
