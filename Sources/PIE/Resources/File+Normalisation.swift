extension File {
    private static var slash: UInt8 { UInt8(ascii: "/") }
    private static var dot: UInt8 { UInt8(ascii: ".") }

    /// Whether the name does not depend on a root.
    package var isAbsolute: Bool { path.utf8.first == Self.slash }

    /// Whether the name leads out of the folder that it starts from.
    private var startsWithParent: Bool {
        var bytes = path.utf8.makeIterator()
        guard bytes.next() == Self.dot, bytes.next() == Self.dot else { return false }
        let third = bytes.next()
        return third == nil || third == Self.slash
    }

    /// The name as it is recorded: relative to the root if the file lies under it, else absolute.
    ///
    /// - Parameter root: An absolute, normalised path.
    /// - Returns: The name without `..`, relative if possible.
    /// - Complexity: O(1) for a name that is relative already and does not start with `..`.
    package func relative(to root: String) -> File {
        if isAbsolute { return strippingRoot(root) }
        return startsWithParent ? File(root + "/" + path).strippingRoot(root) : self
    }

    /// The absolute path of the file, normalised.
    ///
    /// - Parameter root: An absolute, normalised path.
    /// - Returns: The path.
    package func absolutePath(in root: String) -> String {
        if isAbsolute { return path }
        if startsWithParent { return File(root + "/" + path).path }
        if path == "." { return root }
        return root == "/" ? root + path : root + "/" + path
    }

    /// Whether the file is a folder's direct or indirect content, by name.
    ///
    /// - Parameter folder: A file of the same form, relative or absolute.
    /// - Returns: Whether it is; no file is below itself.
    package func isBelow(_ folder: File) -> Bool {
        pathBelow(folder) != nil
    }

    /// The name of the file as seen from a folder that it lies in; nil if it lies elsewhere or is that folder.
    package func pathBelow(_ folder: File) -> Substring? {
        if folder.path == "." {
            return isAbsolute || startsWithParent || path == "." ? nil : path[...]
        }
        let bytes = path.utf8
        let prefix = folder.path.utf8
        if folder.path == "/" {
            return isAbsolute && bytes.count > 1 ? path.dropFirstByte() : nil
        }
        guard bytes.count > prefix.count else { return nil }
        let end = bytes.index(bytes.startIndex, offsetBy: prefix.count)
        guard bytes[end] == Self.slash, path.hasBytes(of: folder.path) else { return nil }
        return path[bytes.index(after: end)...]
    }

    private func strippingRoot(_ root: String) -> File {
        if let rest = pathBelow(File(normalised: root)) { return File(normalised: String(rest)) }
        return path.hasSameBytes(as: root) ? File(normalised: ".") : self
    }

    /// Normalises a path by its letters alone.
    static func normalised(_ path: String) -> String {
        var path = path
        path.makeContiguousUTF8()
        // Nearly every name is normal already: no new string is made for it.
        return isNormal(path) ? path : rebuilt(path)
    }

    private static func isNormal(_ path: String) -> Bool {
        if path == "." || path == "/" { return true }
        return path.utf8.withContiguousStorageIfAvailable { isNormal($0) } ?? false
    }

    private static func isNormal(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = path.first == slash ? 1 : 0
        // `..` may stand at the beginning of a relative path only.
        var mayBeParent = start == 0
        while true {
            var end = start
            while end < path.count && path[end] != slash { end += 1 }
            switch end - start {
            case 0: return false
            case 1 where path[start] == dot: return false
            case 2 where path[start] == dot && path[start + 1] == dot:
                if !mayBeParent { return false }
            default: mayBeParent = false
            }
            if end == path.count { return true }
            start = end + 1
        }
    }

    private static func rebuilt(_ path: String) -> String {
        let isAbsolute = path.utf8.first == slash
        var components: [Substring.UTF8View] = []
        for component in path.utf8.split(separator: slash) {
            if component.elementsEqual(".".utf8) { continue }
            guard component.elementsEqual("..".utf8) else {
                components.append(component)
                continue
            }
            if let last = components.last, !last.elementsEqual("..".utf8) {
                components.removeLast()
            } else if !isAbsolute {
                components.append(component)
            }
        }
        let joined = components.lazy.map { Substring($0) }.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}

extension String {
    fileprivate func dropFirstByte() -> Substring {
        self[utf8.index(after: utf8.startIndex)...]
    }
}
