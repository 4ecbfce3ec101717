import Foundation

/// A chapter of a tutorial: a folder with its prose, its package and the solutions of its exercises.
///
/// ```
/// Chapters/02-tasks/README.md
/// Chapters/02-tasks/Solutions.md
/// Chapters/02-tasks/Package/
/// ```
public struct Chapter: Sendable {
    /// Its number, from the folder's name.
    public let number: Int
    /// The name of its folder.
    public let name: String
    private let folder: URL

    /// The chapters of a tutorial, in order.
    ///
    /// - Parameter tutorial: The tutorial's folder.
    /// - Returns: The chapters.
    /// - Throws: If there is no folder `Chapters`.
    public static func all(in tutorial: URL) throws -> [Chapter] {
        let folder = tutorial.appending(path: "Chapters")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
            guard let number = Int(name.prefix { $0.isNumber }) else { return nil }
            return Chapter(number: number, name: name, folder: folder.appending(path: name))
        }
    }

    /// The file with the prose.
    public var prose: URL { folder.appending(path: "README.md") }

    /// The name of that file in messages.
    public var proseName: String { "Chapters/\(name)/README.md" }

    /// The name of the file with the solutions in messages.
    public var solutionsName: String { "Chapters/\(name)/Solutions.md" }

    /// The file with the solutions, if there is one.
    public var solutions: URL? {
        let file = folder.appending(path: "Solutions.md")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// The folder that holds the tutorial's, with the library that the last chapter is about.
    public var repository: URL {
        folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The folder with what the reader has at the chapter's end.
    public var package: URL { folder.appending(path: "Package") }
}
