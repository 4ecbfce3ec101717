/// Ranges of numbers, ordered so that the one with a number in it is found fast.
struct RangeTable {
    /// A range whose ends are in order.
    struct Entry {
        /// The ends.
        var bounds: NumberBounds
        /// The range's place.
        var site: Site

        /// How an error names the range.
        var text: String { "\(bounds.first) to \(bounds.last)" }
    }

    private let entries: [Entry]

    /// The ranges of `ranges` whose ends are in order; `max` stands for `largest`.
    init(_ ranges: [NumberRange], largest: Int32) {
        entries = ranges.compactMap { range in
            let last = range.last ?? largest
            guard range.first <= last else {
                return nil
            }
            return Entry(bounds: NumberBounds(first: range.first, last: last), site: range.site)
        }
        .sorted { ($0.bounds.first, $0.site.index) < ($1.bounds.first, $1.site.index) }
    }

    /// A range that `number` is in.
    func first(containing number: Int32) -> Entry? {
        first(overlapping: NumberBounds(first: number, last: number))
    }

    /// A range that shares a number with `bounds`.
    func first(overlapping bounds: NumberBounds) -> Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].bounds.first <= bounds.last {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low > 0, entries[low - 1].bounds.last >= bounds.first else {
            return nil
        }
        return entries[low - 1]
    }

    /// The pairs of ranges that share a number, the one that comes later in the text first.
    var overlaps: [(later: Entry, earlier: Entry)] {
        var result: [(Entry, Entry)] = []
        var reaching: Entry?
        for entry in entries {
            if let other = reaching, other.bounds.last >= entry.bounds.first {
                let isLater = entry.site.index > other.site.index
                result.append(isLater ? (entry, other) : (other, entry))
            }
            if reaching.map({ $0.bounds.last < entry.bounds.last }) ?? true {
                reaching = entry
            }
        }
        return result
    }

    /// The ranges.
    var all: [Entry] { entries }
}
