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
        if prefix.elementsEqual(CollectionOfOne(Self.slash)) {
            return isAbsolute && bytes.count > 1 ? path.dropFirstByte() : nil
        }
        guard bytes.count > prefix.count, bytes.starts(with: prefix) else { return nil }
        let end = bytes.index(bytes.startIndex, offsetBy: prefix.count)
        return bytes[end] == Self.slash ? path[bytes.index(after: end)...] : nil
    }

    private func strippingRoot(_ root: String) -> File {
        if path.hasSameBytes(as: root) { return File(normalised: ".") }
        guard let rest = pathBelow(File(normalised: root)) else { return self }
        return File(normalised: String(rest))
    }

    /// Normalises a path by its letters alone.
    static func normalised(_ path: String) -> String {
        var path = path
        path.makeContiguousUTF8()
        // Nearly every name is normal already: no new string is made for it.
        return isNormal(path) ? path : rebuilt(path)
    }

    private static func isNormal(_ path: String) -> Bool {
        if path.isEmpty { return false }
        if path == "." || path == "/" { return true }
        var length = 0
        var areDots = true
        var mayBeParent = true
        for (offset, byte) in path.utf8.enumerated() {
            guard byte == slash else {
                length += 1
                areDots = areDots && byte == dot
                continue
            }
            // An empty component is right in front of an absolute path only.
            if length == 0 {
                if offset > 0 { return false }
                mayBeParent = false
            } else if areDots && length <= 2 {
                if length == 1 || !mayBeParent { return false }
            } else {
                mayBeParent = false
            }
            length = 0
            areDots = true
        }
        if length == 0 { return false }
        return !areDots || length > 2 || (length == 2 && mayBeParent)
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
