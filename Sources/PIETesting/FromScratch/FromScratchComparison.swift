public import PIE

/// What an incremental build gave, beside what a run from scratch gives.
///
/// Its description is made for the message of a failed test, of whichever framework.
public struct FromScratchComparison<Output: Equatable & Sendable>: Sendable {
    /// The output of the incremental build, or its error.
    public let incremental: Result<Output, any Error>

    /// The output of the run from scratch, or its error.
    public let fromScratch: Result<Output, any Error>

    /// The files that the run from scratch left otherwise than the incremental build, sorted by name.
    public let files: [FileDifference]

    /// A file that the two left differently.
    public struct FileDifference: Hashable, Sendable {
        /// The file, relative to the root of the build.
        public let file: File

        /// Its contents after the incremental build; `nil` if there was no such file.
        public let incremental: [UInt8]?

        /// Its contents after the run from scratch; `nil` if there was no such file.
        public let fromScratch: [UInt8]?
    }

    /// Whether the two agree: on the output, or on the error, and on all files.
    public var isSame: Bool { isOutputSame && files.isEmpty }

    var isOutputSame: Bool {
        switch (incremental, fromScratch) {
        case (.success(let one), .success(let other)): one == other
        case (.failure(let one), .failure(let other)): Self.isSame(one, other)
        case (.success, .failure), (.failure, .success): false
        }
    }

    /// Whether two errors are the same, as far as can be told of errors.
    private static func isSame(_ incremental: any Error, _ fromScratch: any Error) -> Bool {
        if "\(incremental)" == "\(fromScratch)" { return true }
        // A build that goes on after an error has all of them; from scratch, the first ends it.
        guard case .failures(let all)? = (incremental as? BuildError)?.kind else { return false }
        return all.contains { "\($0)" == "\(fromScratch)" }
    }
}
