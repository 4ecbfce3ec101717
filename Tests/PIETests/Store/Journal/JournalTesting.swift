@testable import PIE

/// A record, as tests compare it.
struct Entry: Hashable {
    var type: UInt8
    var payload: [UInt8]

    init(_ type: UInt8, _ payload: [UInt8]) {
        self.type = type
        self.payload = payload
    }

    init(_ record: JournalRecord) {
        self.init(record.type, Array(record.payload))
    }
}

extension JournalIdentity {
    static let tested = JournalIdentity(store: StoreIdentifier(high: 17, low: 4), generation: 3)
}

/// Replays bytes.
func replay(_ bytes: [UInt8], expecting: JournalIdentity? = .tested) -> (entries: [Entry], result: JournalReplay) {
    var entries: [Entry] = []
    let result = bytes.withUnsafeBytes { JournalReplay(of: $0, expecting: expecting) { entries.append(Entry($0)) } }
    return (entries, result)
}

/// Replays a file.
func replay(_ path: String) throws -> (entries: [Entry], result: JournalReplay) {
    var entries: [Entry] = []
    let result = try JournalReplay(ofFileAt: path, expecting: .tested) { entries.append(Entry($0)) }
    return (entries, result)
}

/// The bytes of a journal, and where its frames end.
struct SampleJournal {
    /// The records of two sessions: the first ended, the second not.
    let entries = [
        Entry(1, [1, 2, 3]), Entry(200, []), Entry(0, Array(0..<40)), Entry(7, [0, 0, 0, 0, 0, 0, 0, 0]),
        Entry(1, [1, 2, 3]),
    ]

    let bytes: [UInt8]

    /// The ends of the header and of each frame, with the number of records in front.
    let ends: [(offset: Int, records: Int)]

    init() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("journal")
        var journal = try Journal.create(at: path, identity: .tested, durability: .written)
        for entry in entries[..<3] { try journal.append(type: entry.type, entry.payload) }
        try journal.endSession(.written)
        for entry in entries[3...] { try journal.append(type: entry.type, entry.payload) }
        try journal.flush(.written)
        bytes = try folder.bytes("journal") ?? []

        var end = JournalHeader.size
        var ends = [(end, 0)]
        var records = 0
        // In front of each session, and behind the first, is a note.
        for (length, isRecord) in [(8, false)] + entries[..<3].map({ ($0.payload.count, true) }) + [
            (0, false), (8, false),
        ]
            + entries[3...].map({ ($0.payload.count, true) })
        {
            end += length + 18
            records += isRecord ? 1 : 0
            ends.append((end, records))
        }
        self.ends = ends
    }
}
