import PIE

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files of a workspace, which can be altered and come back as they were, with their times.
final class AlteredFiles {
    /// What can be done to a file.
    enum Alteration: CaseIterable {
        /// It has other contents.
        case contents
        /// It is not there.
        case absence
        /// There is another one beside it, with the same contents and a similar name.
        case companion
    }

    /// All files that can be altered, sorted: no links, and nothing behind them.
    let all: [File]

    private let workspace: TemporaryWorkspace
    private let picture: FolderPicture

    /// Where files are meanwhile: beside the workspace, so that moving them is renaming.
    private let shelf: String

    private var altered: Set<File> = []
    private var alteration = Alteration.contents

    init(in workspace: TemporaryWorkspace) throws {
        self.workspace = workspace
        picture = try FolderPicture(of: workspace.root)
        all = picture.files.filter(workspace.isPlain)
        shelf = workspace.root + "-altered"
        try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true)
    }

    /// Has exactly some files altered.
    func alter(_ files: [File], _ alteration: Alteration) throws {
        let wanted = Set(files)
        for file in altered where alteration != self.alteration || !wanted.contains(file) { try restore(file) }
        self.alteration = alteration
        for file in files where !altered.contains(file) { try alter(file) }
    }

    private func alter(_ file: File) throws {
        altered.insert(file)
        let path = path(file)
        let bytes = picture.bytes(of: file) ?? []
        switch alteration {
        case .contents:
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            try FileManager.default.moveItem(atPath: path, toPath: shelfPath(file))
            // Contents that end otherwise, and whose every line is another one.
            let other = bytes.map { $0 == 0x0A ? 0x0A : $0 ^ 1 } + Array("\naltered\n".utf8)
            try Data(other).write(to: URL(filePath: path))
            if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path) }
        case .absence:
            try FileManager.default.moveItem(atPath: path, toPath: shelfPath(file))
        case .companion:
            try Data(bytes).write(to: URL(filePath: companion(of: path)))
        }
    }

    private func restore(_ file: File) throws {
        altered.remove(file)
        let path = path(file)
        // Whatever was executed meanwhile may have written there, or deleted it.
        try? FileManager.default.removeItem(atPath: alteration == .companion ? companion(of: path) : path)
        if alteration != .companion { try FileManager.default.moveItem(atPath: shelfPath(file), toPath: path) }
    }

    /// Gives files that are not altered the contents that they had.
    func restoreContents(of files: [File]) throws {
        for file in files where !altered.contains(file) { try picture.restore(file) }
    }

    /// Has no file altered, and every file as it was.
    func restoreEverything() throws {
        try alter([], alteration)
        let now = try FolderPicture(of: workspace.root)
        for difference in picture.differences(to: now) { try picture.restore(difference.file) }
    }

    /// As the last thing: every file as it was, as far as that can be had.
    func restoreAll() {
        try? restoreEverything()
        try? FileManager.default.removeItem(atPath: shelf)
    }

    private func path(_ file: File) -> String { file.absolutePath(in: workspace.root) }

    private func shelfPath(_ file: File) -> String {
        shelf + "/" + file.path.map { $0 == "/" ? "%" : $0 == "%" ? "%%" : String($0) }.joined()
    }

    /// The name of a companion has the extension of the file.
    private func companion(of path: String) -> String {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return path[...slash] + "companion-of-" + path[path.index(after: slash)...]
    }
}
