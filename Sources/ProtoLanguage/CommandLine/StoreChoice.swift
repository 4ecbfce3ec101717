import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a command keeps what it has found out.
package enum StoreChoice: Equatable, Sendable {
    /// In a folder; nothing else is in it.
    case folder(String)
    /// Nowhere.
    case none

    /// The folder that is used when none is named, in the working folder.
    package static let defaultFolder = ".protocheck"
}

/// The folder of a store, as protocheck makes it.
struct ProjectStore {
    /// What is in the folder besides the store: it belongs neither to the sources nor into a backup.
    static let companions: KeyValuePairs = [
        ".gitignore": "# protocheck keeps its results here.\n*\n",
        "CACHEDIR.TAG": """
        Signature: 8a477f597d28d172789f06886806bc55
        # protocheck keeps its results here, and makes them anew when they are gone.

        """,
    ]

    static let companionNames = Set(companions.map(\.key))

    let path: String

    /// What is in the folder; nil if there is none.
    let content: StoreFiles?

    /// Looks at a folder.
    ///
    /// - Throws: A ``UsageError`` if something else is in it, or it is no folder; what the system refuses.
    init(at path: String) throws {
        self.path = path
        do throws(StoreError) {
            content = try StoreFiles(at: path)
        } catch {
            if case .system(.list, SystemFailure(ENOTDIR)) = error.kind {
                throw UsageError(message: "'\(path)' is no folder, so no store.")
            }
            throw error
        }
        guard let content, !content.isStore else { return }
        if let other = content.others.first(where: { !Self.companionNames.contains($0) }) {
            throw UsageError(message: "'\(path)' is no store, but a folder with '\(other)' in it.")
        }
    }

    /// Whether nobody has kept anything there yet.
    var isNew: Bool { !(content?.isStore ?? false) }

    /// Makes the folder.
    func make() throws(StoreError) {
        if isNew { try StoreFiles.makeFolder(path, with: Self.companions) }
    }
}
