extension DecodingState {
    /// A container, seen from outside.
    struct Head {
        enum Form {
            case keyed
            case list
            case map
            case bytes
        }

        let form: Form
        /// How many fields, elements or pairs; `nil` if only the end tells.
        let count: Int?
        /// Where the first one is.
        let first: Int

        /// The byte after the last one if there is no count.
        var terminator: UInt8 { form == .keyed ? 0 : Lead.end }
    }

    /// A container that is being skipped.
    struct Skipped {
        let isKeyed: Bool
        /// How many values are left; negative if only the end tells.
        var remaining: Int
    }

    /// The container at an offset, or `nil` if something else is there.
    func head(at offset: Int) throws -> Head? {
        let lead = try byte(at: offset)
        let form: Head.Form
        switch lead {
        case Lead.keyed..<Lead.list: form = .keyed
        case Lead.list..<Lead.map: form = .list
        case Lead.map..<Lead.smallNegative: form = .map
        case Lead.bytes:
            var position = offset + 1
            let count = try variable(UInt64.self, &position)
            return Head(form: .bytes, count: try range(at: position, count: count).count, first: position)
        default: return nil
        }
        let count = lead & Lead.uncounted
        return Head(form: form, count: count == Lead.uncounted ? nil : Int(count), first: offset + 1)
    }

    /// Where the value at an offset ends, if it is not a container.
    @inline(__always)
    private func scalarEnd(_ offset: Int) throws -> Int? {
        let lead = try byte(at: offset)
        switch lead {
        case Lead.smallInteger..<Lead.shortString, Lead.smallNegative..<Lead.some: return offset + 1
        case Lead.shortString..<Lead.keyed: return try range(at: offset + 1, count: lead - Lead.shortString).upperBound
        case Lead.keyed..<Lead.smallNegative, Lead.some: return nil
        case Lead.integer, Lead.negative:
            var position = offset + 1
            while try byte(at: position) >= 0x80 { position += 1 }
            return position + 1
        case Lead.float: return try range(at: offset + 1, count: 4).upperBound
        case Lead.double: return try range(at: offset + 1, count: 8).upperBound
        case Lead.string:
            var position = offset + 1
            let count = try variable(UInt32.self, &position)
            return try range(at: position, count: Int(count) + 64).upperBound
        case Lead.bytes:
            var position = offset + 1
            let count = try variable(UInt32.self, &position)
            return try range(at: position, count: count).upperBound
        default: throw corrupt(offset, "found \(Lead.description(of: lead))")
        }
    }

    /// Where the value at an offset ends.
    ///
    /// Written as a loop: what is skipped is not limited by the types that are decoded.
    func skip(_ offset: Int) throws -> Int {
        if let end = try scalarEnd(offset) { return end }
        skipped.removeAll(keepingCapacity: true)
        var position = try enter(offset)
        while let top = skipped.last {
            let isDone = top.remaining == 0
            if isDone || (top.remaining < 0 && isByte(top.isKeyed ? 0 : Lead.end, at: position)) {
                if !isDone { position += 1 }
                skipped.removeLast()
                continue
            }
            if top.isKeyed { _ = try nameNumber(&position) }
            if top.remaining > 0 { skipped[skipped.count - 1].remaining -= 1 }
            if let end = try scalarEnd(position) {
                position = end
            } else {
                position = try enter(position)
            }
        }
        return position
    }

    /// Begins to skip a container, and returns where its first value is.
    private func enter(_ offset: Int) throws -> Int {
        guard skipped.count < depthLimit else { throw tooDeep(offset) }
        guard let head = try head(at: offset) else {
            skipped.append(Skipped(isKeyed: false, remaining: 1))
            return offset + 1
        }
        let pair = head.form == .map ? 2 : 1
        skipped.append(Skipped(isKeyed: head.form == .keyed, remaining: head.count.map { $0 * pair } ?? -1))
        return head.first
    }

    /// How many elements a list has that is not counted.
    func count(of head: Head, at start: Int) throws -> Int {
        if lastCount.start == start { return lastCount.end }
        var count = 0
        var position = head.first
        while !isByte(Lead.end, at: position) {
            position = try skip(position)
            count += 1
        }
        lastCount = Extent(start: start, end: count)
        return count
    }

    /// The error for a value that is nested too deeply.
    func tooDeep(_ offset: Int) -> DecodingError {
        .dataCorrupted(
            .init(
                codingPath: [],
                debugDescription: "the value is nested more than \(depthLimit) levels deep "
                    + "(at byte \(offset) of \(bytes.count))"
            )
        )
    }

    /// The path to what is at an offset: worked out from the bytes, so that nobody has to keep it.
    func path(to offset: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var start = body
        while start > 0, start < offset, let step = step(from: start, to: offset) {
            if let key = step.key { path.append(key) }
            start = step.start
        }
        return path
    }

    /// The value in a container that an offset lies in.
    private func step(from container: Int, to offset: Int) -> (key: PathKey?, start: Int)? {
        if isByte(Lead.some, at: container) { return (nil, container + 1) }
        guard let head = try? head(at: container), head.form != .bytes else { return nil }
        var position = head.first
        var index = 0
        while index != head.count && position <= offset && !(head.count == nil && isByte(head.terminator, at: position))
        {
            var key = PathKey(intValue: index)
            if head.form == .keyed {
                guard let number = try? nameNumber(&position) else { return nil }
                key = PathKey(stringValue: string(in: name(number)) ?? "")
            } else if head.form == .map {
                if let text = try? string(at: position) { key = PathKey(stringValue: text) }
                guard let end = try? skip(position) else { return (key, position) }
                if offset < end { return (key, position) }
                position = end
            }
            guard let end = try? skip(position), offset >= end else { return (key, position) }
            position = end
            index += 1
        }
        return nil
    }
}
