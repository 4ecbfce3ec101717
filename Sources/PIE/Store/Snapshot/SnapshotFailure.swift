/// Why a snapshot cannot be opened, and what to do about it.
package struct SnapshotFailure: Error, Hashable {
    /// What is wrong, to switch over.
    package let kind: Kind

    /// The path of the file.
    package let path: String

    /// The kinds of failure.
    package enum Kind: Error, Hashable {
        /// There is no such file.
        case missing

        /// It is something else.
        case notASnapshot

        /// It is a snapshot of another version of the format, most likely a later one.
        case otherVersion(UInt32)

        /// It is not what was written.
        case damaged(Part)

        /// The system refuses an operation, or the path is not that of a file.
        case system(StoreError)
    }

    /// What of a snapshot is damaged, of the parts that opening it looks at.
    package enum Part: Hashable, Sendable {
        case header
        /// The footer is not there, as in a file that was cut, or it is changed.
        case end
        /// The table of the checksums of all blocks is changed.
        case checksums
    }

    /// Creates a failure.
    package init(_ kind: Kind, path: String) {
        self.kind = kind
        self.path = path
    }
}

extension SnapshotFailure: CustomStringConvertible {
    /// What is wrong and where, in one line.
    package var title: String {
        switch kind {
        case .missing: "there is no \(path)"
        case .system(let error): error.title
        case .notASnapshot, .otherVersion, .damaged: "\(path) \(reason)"
        }
    }

    /// What to do.
    package var hint: String {
        switch kind {
        case .missing, .damaged: "build without it; what it contained is made anew"
        case .notASnapshot: "move it away, or put the store into another folder"
        case .otherVersion: "use the version of the library that wrote it, or build without it"
        case .system(let error): error.hint
        }
    }

    package var description: String { "\(title)\n  hint: \(hint)" }
}

extension SnapshotFailure {
    /// What is wrong, to follow the name of the file.
    var reason: String {
        switch kind {
        case .missing: "is not there"
        case .notASnapshot: "is not a snapshot of a store"
        case .otherVersion(let version):
            "has format \(version), where this library knows format \(SnapshotHeader.version)"
        case .damaged(.header): "is damaged: its header is changed"
        case .damaged(.end): "is damaged: its end is missing or changed"
        case .damaged(.checksums): "is damaged: the table of its checksums is changed"
        case .system(let error): error.title
        }
    }
}
