import PIE

extension Oracle {
    /// A change of one file on the disk.
    struct Change: Sendable {
        var file: File

        /// What it contains then; nil removes it.
        var entry: Disk.Entry?

        /// What time it has then.
        var time = Time.own

        enum Time: Sendable {
            /// One of its own: what is changed twice within one tick of the clock is changed all the same.
            case own
            case ofTheClock
            case asBefore
        }

        /// Whether a new file takes the place of the old one.
        var isNewFile = false

        func make(in folder: TemporaryFolder) throws {
            if entry == nil || isNewFile, try folder.text(of: file) != nil { try folder.remove(file.path) }
            guard let entry else { return }
            let text = "\(entry.number)"
            let before = folder.time(of: file.path)
            if try folder.text(of: file) != text { try folder.write(text, to: file) }
            switch time {
            case .own: folder.setTime(of: file.path, seconds: 1_000_000_000 + entry.time, nanoseconds: 0)
            case .ofTheClock: break
            case .asBefore:
                if let before {
                    folder.setTime(of: file.path, seconds: before.seconds, nanoseconds: before.nanoseconds)
                }
            }
        }
    }
}

extension TemporaryFolder {
    /// The numbers in those of some files that exist.
    func numbers(in files: [File]) throws -> [File: Int] {
        var numbers: [File: Int] = [:]
        for file in files {
            guard let text = try text(of: file) else { continue }
            numbers[file] = Int(text) ?? -2
        }
        return numbers
    }
}
