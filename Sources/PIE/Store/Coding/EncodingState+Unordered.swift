/// A `Set` that can be encoded.
protocol UnorderedElements {
    var count: Int { get }

    /// Writes the elements as they come, and notes where each begins.
    func writeElements(to state: EncodingState, starts: inout [Int]) throws
}

extension Set: UnorderedElements where Element: Encodable {
    func writeElements(to state: EncodingState, starts: inout [Int]) throws {
        for element in self {
            starts.append(state.size)
            try state.write(element)
        }
    }
}

/// A `Dictionary` that can be encoded.
protocol UnorderedPairs {
    var count: Int { get }

    /// Writes the pairs as they come, and notes where each begins.
    func writePairs(to state: EncodingState, starts: inout [Int]) throws
}

extension Dictionary: UnorderedPairs where Key: Encodable, Value: Encodable {
    func writePairs(to state: EncodingState, starts: inout [Int]) throws {
        for (key, value) in self {
            starts.append(state.size)
            try state.write(key)
            try state.write(value)
        }
    }
}

extension EncodingState {
    func writeSet<T: Encodable>(_ value: T) throws {
        guard let set = value as? any UnorderedElements else { return try writePlain(value) }
        try writeUnordered(Lead.list, count: set.count) { starts in
            try set.writeElements(to: self, starts: &starts)
        }
    }

    func writeDictionary<T: Encodable>(_ value: T) throws {
        guard let dictionary = value as? any UnorderedPairs else { return try writePlain(value) }
        try writeUnordered(Lead.map, count: dictionary.count) { starts in
            try dictionary.writePairs(to: self, starts: &starts)
        }
    }

    /// Writes things that have no order, in the order of their bytes.
    ///
    /// The bytes depend on the numbers of names, which are given in the order of their first use. If more than one is
    /// new, the order of the things has decided which comes first: then the names are sorted, and everything is written
    /// again. Whatever is nested in here finds its names the second time, so it is written once more and not twice more
    /// for each level.
    private func writeUnordered(
        _ lead: UInt8,
        count: Int,
        write: (_ starts: inout [Int]) throws -> Void
    ) throws {
        let level = try open().level
        frames[level].kind = .single
        let isCounted = count < Int(Lead.uncounted)
        append(lead + (isCounted ? UInt8(truncatingIfNeeded: count) : Lead.uncounted))
        do {
            var starts: [Int] = []
            starts.reserveCapacity(count + 1)
            let first = size
            let named = names.count
            try write(&starts)
            if names.count > named + 1 && count > 1 {
                names.sort(after: named)
                size = first
                starts.removeAll(keepingCapacity: true)
                try write(&starts)
            }
            sortBytes(starts)
        } catch {
            depth = level
            throw error
        }
        if !isCounted { append(Lead.end) }
        close(to: level)
    }

    /// Sorts the stretches of the buffer that begin at some places; the last one ends with the buffer.
    private func sortBytes(_ starts: [Int]) {
        guard let first = starts.first, starts.count > 1 else { return }
        var stretches = starts.indices.map { index in
            starts[index]..<(index + 1 < starts.count ? starts[index + 1] : size)
        }
        let bytes = UnsafeRawBufferPointer(bytes)
        stretches.sort { UnsafeRawBufferPointer(rebasing: bytes[$0]).precedes(.init(rebasing: bytes[$1])) }
        var sorted: [UInt8] = []
        sorted.reserveCapacity(size - first)
        for stretch in stretches { sorted.append(contentsOf: bytes[stretch]) }
        size = first
        sorted.withUnsafeBytes { append(contentsOf: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these bytes come before others in lexicographic order.
    fileprivate func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}
