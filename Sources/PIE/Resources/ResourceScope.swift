/// What resources are looked up in: the root folder, the unsaved buffers and the inputs of one session.
///
/// A scope is an immutable snapshot; whoever holds one sees the same buffers and inputs for as long as it is held.
public struct ResourceScope: Sendable {
    /// The absolute path of the folder that relative file names start from.
    public let root: String

    /// The unsaved buffers that lie over files of the disk, by the name relative to ``root``.
    package let buffers: [File: [UInt8]]

    /// The values that the host has set.
    package let inputs: InputValues

    /// Where environment variables are looked up.
    package let environment: ProcessEnvironment

    /// Creates a scope.
    ///
    /// - Parameters:
    ///   - root: An absolute, normalised path; see ``FileSystem/absoluteRoot(_:)``.
    ///   - buffers: The unsaved buffers, by names as ``File/relative(to:)`` gives them.
    ///   - inputs: The values that the host has set.
    ///   - environment: Where environment variables are looked up.
    package init(
        root: String,
        buffers: [File: [UInt8]] = [:],
        inputs: InputValues = InputValues(),
        environment: ProcessEnvironment = .live
    ) {
        self.root = root
        self.buffers = buffers
        self.inputs = inputs
        self.environment = environment
    }

    /// The absolute path of a file, to be handed to system calls or to other programs.
    ///
    /// - Parameter file: A file; one outside of the root keeps its own absolute path.
    /// - Returns: The absolute path.
    /// - Complexity: O(*n*) where *n* is the length of the path.
    public func path(of file: File) -> String {
        file.absolutePath(in: root)
    }

    /// The file system as seen from the root.
    package var fileSystem: FileSystem { FileSystem(root: root) }

    /// The unsaved buffer over a file, if there is one.
    package func buffer(over file: File) -> [UInt8]? {
        buffers.isEmpty ? nil : buffers[file.relative(to: root)]
    }
}
