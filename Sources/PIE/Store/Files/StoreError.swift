#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a store could not do with one of its files, and what to do about it.
package struct StoreError: Error, Hashable {
    /// What is wrong, to switch over.
    package let kind: Kind

    /// The path of the file.
    package let path: String

    /// The kinds of error.
    package enum Kind: Hashable, Sendable {
        /// The system refuses an operation.
        case system(Operation, SystemFailure)

        /// There is something else where a file should be: a folder, a pipe, a device.
        case notAFile

        /// Another Pie has the store; nil if it has not said yet who it is.
        case locked(by: LockHolder?)

        /// A record of so many bytes is more than a journal takes.
        case recordTooLarge(Int)

        /// A snapshot would be larger than so many bytes, or have more ids than there are.
        case snapshotTooLarge(limit: Int)
    }

    /// What was to be done; the raw value completes "cannot …".
    package enum Operation: String, Sendable {
        case open
        case look = "look at"
        case read
        case write
        case sync
        case replace
        case keep = "keep aside"
        case remove
        case list
        case map
        case lock
        case makeFolder = "make the folder"
    }

    /// Creates an error.
    package init(_ kind: Kind, path: String) {
        self.kind = kind
        self.path = path
    }

    init(_ operation: Operation, path: String, _ failure: SystemFailure) {
        self.init(.system(operation, failure), path: path)
    }
}

extension StoreError: CustomStringConvertible {
    /// What is wrong and where, in one line.
    package var title: String {
        switch kind {
        case .system(let operation, let failure):
            "cannot \(operation.rawValue) \(path): \(String(cString: strerror(failure.code)))"
        case .notAFile: "\(path) is not a file"
        case .locked(let holder?): "\(path) is held by \(holder)"
        case .locked(nil): "\(path) is held by another process"
        case .recordTooLarge(let count): "a record of \(count) bytes is too large for \(path)"
        case .snapshotTooLarge(let limit): "\(path) would be larger than the \(limit) bytes that a snapshot may have"
        }
    }

    /// What to do.
    package var hint: String {
        switch kind {
        case .system(.sync, _):
            "check the disk: what was written last may not be on it; what was synced before is"
        case .system(_, let failure):
            switch failure.code {
            case ENOSPC, EDQUOT: "free some space, or put the store on another disk; what was there before is untouched"
            case EACCES, EPERM, EROFS: "give the process the permission to write there, or open the store read-only"
            case EMFILE, ENFILE: "let the process open more files (ulimit -n)"
            case ENOENT, ENOTDIR: "create the folder of the store first; was it removed while it was in use?"
            default: "check the folder of the store and its disk; what was there before is untouched"
            }
        case .notAFile: "move it away, or put the store into another folder"
        case .locked: "wait until it has ended, open the store read-only, or use another folder for this one"
        case .recordTooLarge: "keep outputs below \(JournalGroup.maximumPayload) bytes; put what is larger into a file"
        case .snapshotTooLarge: "keep outputs small, put what is large into files, and collect garbage"
        }
    }

    package var description: String { "\(title)\n  hint: \(hint)" }
}
