#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Names are bytes to the system: `é` as one scalar and as two are two files, although the two strings are `==`.
extension String {
    /// Whether both strings consist of the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        compareBytes(with: other) == 0
    }

    /// Whether this string comes before another one in the order of their UTF-8 bytes.
    func precedesBytewise(_ other: String) -> Bool {
        compareBytes(with: other) < 0
    }

    /// Whether this string begins with the UTF-8 bytes of another one.
    func hasBytes(of prefix: String) -> Bool {
        let isPrefix = utf8.withContiguousStorageIfAvailable { left in
            prefix.utf8.withContiguousStorageIfAvailable { right in
                left.count >= right.count
                    && Self.compare(UnsafeBufferPointer(rebasing: left[..<right.count]), right) == 0
            }
        }
        if let isPrefix, let isPrefix { return isPrefix }
        return utf8.starts(with: prefix.utf8)
    }

    /// Feeds the UTF-8 bytes, and an end mark that occurs in no UTF-8, to a hasher.
    func hashBytes(into hasher: inout Hasher) {
        let isDone: Void? = utf8.withContiguousStorageIfAvailable { bytes in
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if isDone == nil {
            for byte in utf8 { hasher.combine(byte) }
        }
        hasher.combine(0xFF as UInt8)
    }

    private func compareBytes(with other: String) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                Self.compare(left, right)
            }
        }
        if let order, let order { return order }
        return Self.compareSlowly(self, other)
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let difference = left.count - right.count
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress, leftBase != rightBase else {
            return difference
        }
        // SAFETY: as many bytes as the shorter one has.
        let order = Int(memcmp(leftBase, rightBase, Swift.min(left.count, right.count)))
        return order == 0 ? difference : order
    }

    /// Compares strings that are not stored as contiguous UTF-8, such as bridged ones.
    private static func compareSlowly(_ left: String, _ right: String) -> Int {
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }
}
