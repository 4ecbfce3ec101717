extension JournalReplay: CustomStringConvertible {
    /// What was found, in one line, such as `12 records, then a damaged record at byte 7040: its content is changed`.
    package var description: String {
        let found = records == 1 ? "1 record" : "\(records) records"
        switch stop {
        case .end: return found
        case .torn: return "\(found), then one that was not written to its end, at byte \(validCount)"
        case .damaged(.header): return "a damaged header"
        case .damaged(.head):
            return "\(found), then a damaged record at byte \(validCount): its length or kind is changed"
        case .damaged(.content): return "\(found), then a damaged record at byte \(validCount): its content is changed"
        case .damaged(.kind): return "\(found), then a record of a kind that there is not, at byte \(validCount)"
        case .otherVersion(let version):
            return "a journal of format \(version), where this library knows format \(JournalHeader.version)"
        case .otherStore(let identity):
            return "a journal of another store or snapshot, of generation \(identity.generation)"
        case .notAJournal: return "a file that is not a journal"
        case .missing: return "no journal"
        }
    }
}
