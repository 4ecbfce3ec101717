import PIE

extension Oracle {
    /// The files as the model knows them.
    struct Disk: Hashable, Sendable {
        /// What a file contains, and how often it was changed or touched so far.
        struct Entry: Hashable, Sendable {
            var number: Int
            var time: Int
        }

        private(set) var entries: [File: Entry] = [:]

        /// The unsaved buffers that lie over files.
        var buffers: [File: Int] = [:]

        private var time = 0

        subscript(file: File) -> Int? { entries[file]?.number }

        /// Changes a file, or touches it, if it has this number already; nil removes it.
        mutating func set(_ file: File, to number: Int?) {
            time += 1
            entries[file] = number.map { Entry(number: $0, time: time) }
        }

        /// Takes over what a file is elsewhere.
        mutating func adopt(_ entry: Entry?, of file: File) {
            entries[file] = entry
            time = max(time, entry?.time ?? 0)
        }

        /// What is seen of a dependency on a file; nil for one on something else.
        func stamp(of dependency: Dependency) -> Stamp? {
            switch dependency {
            case .file(let file, let stamper): stampOfRead(file, by: stamper)
            case .disk(let file): stamp(of: file, by: .content)
            case .listing(let listing): .names(names(in: listing))
            default: nil
            }
        }

        /// What a task reads.
        func read(_ file: File) -> Int? { buffers[file] ?? self[file] }

        /// What a stamper sees of what a task reads.
        func stampOfRead(_ file: File, by stamper: FileStamper) -> Stamp {
            guard let number = buffers[file] else { return stamp(of: file, by: stamper) }
            switch stamper {
            case .exists: return .number(0)
            case .content: return .number(number)
            case .modified: return .file(number, time: nil)
            }
        }

        /// What a stamper sees of a file on the disk.
        func stamp(of file: File, by stamper: FileStamper) -> Stamp {
            guard let entry = entries[file] else { return .none }
            switch stamper {
            case .exists: return .number(0)
            case .content: return .number(entry.number)
            case .modified: return .file(entry.number, time: entry.time)
            }
        }

        /// The names that a listing shows.
        func names(in listing: Listing) -> [String] {
            entries.keys.filter(listing.shows).map { String($0.path.dropFirst(7)) }.sorted()
        }
    }
}
