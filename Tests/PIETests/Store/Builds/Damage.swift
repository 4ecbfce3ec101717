import PIETesting

/// Something that happens to a file by chance.
struct Damage: CustomStringConvertible {
    enum Kind: String, CaseIterable {
        case flips, zeroes, noise, truncation, growth, swap, older
    }

    private static let page = 4_096

    let kind: Kind
    let file: String

    var description: String { "\(kind.rawValue) in \(file)" }

    /// Damages one of the files of a store.
    ///
    /// - Parameters:
    ///   - store: The files.
    ///   - earlier: The files of the store at another time.
    ///   - random: Where chance comes from.
    init(to store: inout StoreBytes, earlier: StoreBytes, _ random: inout SeededGenerator) {
        kind = Kind.allCases.randomElement(using: &random) ?? .flips
        let prefix = Bool.random(using: &random) ? "snapshot" : "journal"
        guard case (let name, var bytes)? = store.file(prefix), !bytes.isEmpty else {
            file = prefix
            return
        }
        file = name
        let older = earlier.file(prefix)?.bytes ?? []
        switch kind {
        case .flips:
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        case .zeroes:
            for index in Self.run(in: bytes, &random) { bytes[index] = 0 }
        case .noise:
            for index in Self.run(in: bytes, &random) { bytes[index] = UInt8.random(in: .min ... .max, using: &random) }
        case .truncation:
            bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        case .growth:
            for _ in 0..<Int.random(in: 1...10_000, using: &random) {
                bytes.append(UInt8.random(in: .min ... .max, using: &random))
            }
        case .swap:
            let pages = (bytes.count - 1) / Self.page
            guard pages > 1 else { break }
            let (one, other) = (Int.random(in: 0..<pages, using: &random), Int.random(in: 0..<pages, using: &random))
            for index in 0..<Self.page { bytes.swapAt(one * Self.page + index, other * Self.page + index) }
        case .older:
            // Some pages were not written when the file was written anew in its place.
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let start = Int.random(in: bytes.indices, using: &random) / Self.page * Self.page
                let end = min(start + Self.page, bytes.count, older.count)
                if start < end { bytes.replaceSubrange(start..<end, with: older[start..<end]) }
            }
        }
        store.files[name] = bytes
    }

    private static func run(in bytes: [UInt8], _ random: inout SeededGenerator) -> Range<Int> {
        let start = Int.random(in: bytes.indices, using: &random)
        return start..<min(bytes.count, start + Int.random(in: 1...3 * page, using: &random))
    }
}
