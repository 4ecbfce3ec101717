/// Bytes of a store that are not what they should be.
///
/// Their checksum was right, so that nobody has changed them by accident; they are not believed all the same.
struct RecordDamage: Error {
    /// What is damaged: a block, or which check has failed.
    let check: String

    init(_ file: StaticString = #fileID, _ line: UInt = #line) {
        check = "\(file):\(line)"
    }

    init(_ damage: SnapshotDamage) {
        check = damage.title
    }
}
