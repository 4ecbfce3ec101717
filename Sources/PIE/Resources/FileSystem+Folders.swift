#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileSystem {
    /// One name in a folder.
    package struct Entry: Sendable {
        /// The name.
        package let name: String

        /// What has the name.
        package let kind: Kind

        /// What has the name, links not followed.
        package enum Kind: Sendable {
            case folder
            case link
            case other
            /// The file system does not say; it has to be asked for.
            case unknown
        }
    }

    /// The entries of a folder, in no particular order, without `.` and `..` and files that are being written.
    ///
    /// - Returns: The entries; nil if there is no such folder.
    package func entries(of folder: File) throws(FileSystemError) -> [Entry]? {
        guard let stream = withPath(of: folder, { opendir($0) }) else {
            let code = errno
            if Self.meansMissing(code) { return nil }
            throw error(.list, folder, code: code)
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while true {
            // The end and an error look alike but for this.
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                // SAFETY: the name ends with a NUL inside of the entry, which lives until the next call of readdir.
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if name == "." || name == ".." || name.utf8.starts(with: Self.temporaryPrefix.utf8) { continue }
            entries.append(Entry(name: name, kind: Entry.Kind(CInt(entry.pointee.d_type))))
        }
        if errno != 0 { throw error(.list, folder) }
        return entries
    }

    /// The names in a folder, sorted by their bytes.
    ///
    /// - Returns: The names; nil if there is no such folder.
    package func list(_ folder: File) throws(FileSystemError) -> [String]? {
        try entries(of: folder)?.map(\.name).sorted { $0.precedesBytewise($1) }
    }

    /// The files of a folder and the folders in it, not those behind linked folders, as paths relative to the folder.
    ///
    /// - Returns: The paths, sorted by their bytes; nil if there is no such folder.
    package func listRecursively(_ folder: File) throws(FileSystemError) -> [String]? {
        guard let entries = try entries(of: folder) else { return nil }
        var paths: [String] = []
        // A stack of its own: folders may be nested more deeply than calls.
        var pending = [(prefix: "", entries: entries)]
        while let (prefix, entries) = pending.popLast() {
            for entry in entries {
                let path = prefix + entry.name
                let file = File(normalised: folder.path + "/" + path)
                switch try resolvedKind(of: entry, file) {
                case .folder:
                    // A folder that is gone by now has no files.
                    if let inner = try self.entries(of: file) { pending.append((path + "/", inner)) }
                case .link:
                    if try metadata(at: file).kind != .directory { paths.append(path) }
                case .other, .unknown:
                    paths.append(path)
                }
            }
        }
        return paths.sorted { $0.precedesBytewise($1) }
    }

    private func resolvedKind(of entry: Entry, _ file: File) throws(FileSystemError) -> Entry.Kind {
        if entry.kind != .unknown { return entry.kind }
        var status = stat()
        guard withPath(of: file, { path in retryingWhenInterrupted { lstat(path, &status) } }) == 0 else {
            let code = errno
            if Self.meansMissing(code) { return .other }
            throw error(.list, file, code: code)
        }
        switch UInt32(status.st_mode) & UInt32(S_IFMT) {
        case UInt32(S_IFDIR): return .folder
        case UInt32(S_IFLNK): return .link
        default: return .other
        }
    }
}

extension FileSystem.Entry.Kind {
    /// Translates the type that a folder notes beside a name.
    fileprivate init(_ type: CInt) {
        switch type {
        case CInt(DT_DIR): self = .folder
        case CInt(DT_LNK): self = .link
        case CInt(DT_UNKNOWN): self = .unknown
        default: self = .other
        }
    }
}
