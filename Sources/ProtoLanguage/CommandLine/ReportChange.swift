/// What is different between two reports of one project.
struct ReportChange {
    /// The mistakes that are there now and were not before.
    private(set) var new: [ProjectReport.Entry] = []
    /// The mistakes that were there before and are not now.
    private(set) var fixed: [ProjectReport.Entry] = []

    /// Whether the mistakes are the same.
    var isEmpty: Bool { new.isEmpty && fixed.isEmpty }

    /// Compares two reports.
    ///
    /// A mistake that merely stands in another place is not new: an edit moves everything behind it. So of the mistakes of
    /// a file with one message those in the same place are paired first, then the others, in the order of the text.
    init(from old: ProjectReport, to new: ProjectReport) {
        struct Key: Hashable {
            var file: String
            var message: String
        }
        func key(_ entry: ProjectReport.Entry) -> Key { Key(file: entry.file, message: entry.message) }

        var olds = Dictionary(grouping: old.entries.enumerated(), by: { key($0.element) })
        var unpaired: [(offset: Int, element: ProjectReport.Entry)] = []
        for entry in new.entries.enumerated() {
            let places = olds[key(entry.element)] ?? []
            if let same = places.firstIndex(where: { $0.element.position == entry.element.position }) {
                olds[key(entry.element)]?.remove(at: same)
            } else {
                unpaired.append(entry)
            }
        }
        for entry in unpaired {
            if olds[key(entry.element)]?.isEmpty ?? true {
                self.new.append(entry.element)
            } else {
                olds[key(entry.element)]?.removeFirst()
            }
        }
        fixed = olds.values.joined().sorted { $0.offset < $1.offset }.map(\.element)
    }
}
