/// The tables of names that were looked for last, and their numbers.
///
/// Values of one type mostly have one table, and few types take turns: comparing a few bytes spares copying the table out
/// of an encoding and hashing it.
struct RecentNames {
    private static let size = 4

    private var items: [(table: ArraySlice<UInt8>, number: UInt32)] = []

    /// The number of a table; nil if it is not among the last.
    subscript(table: ArraySlice<UInt8>) -> UInt32? {
        items.first { $0.table == table }?.number
    }

    /// Notes the number of a table that was not among the last.
    mutating func add(_ table: [UInt8], _ number: UInt32) {
        if items.count == Self.size { items.removeFirst() }
        items.append((table[...], number))
    }
}
