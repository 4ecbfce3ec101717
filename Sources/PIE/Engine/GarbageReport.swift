/// What a collection of garbage did.
public struct GarbageReport: Sendable {
    /// A file that was left where it is.
    public struct RetainedFile: Hashable, Sendable {
        /// Why a file was left where it is.
        public enum Reason: Hashable, Sendable {
            /// It is not what the task left there: somebody has edited it since, and it is theirs now.
            case edited

            /// A task that is kept reads it, provides it, or lists it in its folder.
            case inUse

            /// It lies outside of the root.
            case outsideRoot

            /// The system would not delete it; the text says why.
            case undeletable(String)
        }

        /// The file.
        public let file: File

        /// Why it was left.
        public let reason: Reason
    }

    /// The tasks that were forgotten, with their outputs and dependencies.
    public let forgottenTasks: [AnyTask]

    /// The files that were deleted, in the order of their names.
    public let deletedFiles: [File]

    /// The files of forgotten tasks, and orphans, that were left where they are, in the order of their names.
    public let retainedFiles: [RetainedFile]
}

extension GarbageReport: CustomStringConvertible {
    /// One line, such as `3 tasks forgotten, 1 file deleted, 2 retained`.
    public var description: String {
        let tasks = forgottenTasks.count == 1 ? "1 task" : "\(forgottenTasks.count) tasks"
        let files = deletedFiles.count == 1 ? "1 file" : "\(deletedFiles.count) files"
        return "\(tasks) forgotten, \(files) deleted, \(retainedFiles.count) retained"
    }
}
