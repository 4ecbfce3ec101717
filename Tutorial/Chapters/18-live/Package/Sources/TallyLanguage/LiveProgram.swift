import Pie

/// A program that is being edited.
public final class LiveProgram {
    private let file: File
    private let pie: Pie

    /// Creates a program; its file and those that it uses are below `root`.
    public init(file: File, root: String = ".", trackers: [any Tracker] = []) {
        self.file = file
        pie = Pie(root: root, trackers: trackers)
    }

    /// The report on a text that stands for the file's contents.
    public func report(on text: String) async throws -> [String] {
        pie.setContents(text, of: file)
        return try await pie.session { session in
            try await session.update([file])
            return try await session.require(Report(file: file))
        }
    }
}
