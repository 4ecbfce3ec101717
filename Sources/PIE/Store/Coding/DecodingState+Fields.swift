extension DecodingState {
    /// Where the value of a field is.
    ///
    /// - Parameters:
    ///   - key: The key of the field.
    ///   - start: Where the container is: one of fields, or a dictionary.
    ///   - level: How deep the container is.
    /// - Returns: `nil` if there is no such field.
    /// - Throws: A `DecodingError` if the bytes on the way are damaged.
    func field(_ key: some CodingKey, in start: Int, level: Int) throws -> Int? {
        meet(start, level: level)
        var text = key.stringValue
        let intValue = start < bytes.count && bytes[start] >= Lead.map ? key.intValue : nil
        return try text.withUTF8 { text in
            let name = UnsafeRawBufferPointer(text)
            let next = known[level].next
            var index = next
            while try index < known[level].count || find(index, level: level) {
                let field = known[level][index]
                index += 1
                if isField(field, in: start, named: name, or: intValue) {
                    known[level].next = index
                    return field.value
                }
            }
            for index in 0..<min(next, known[level].count) {
                let field = known[level][index]
                if isField(field, in: start, named: name, or: intValue) {
                    known[level].next = index + 1
                    return field.value
                }
            }
            return nil
        }
    }

    /// The field with an index, or `nil` if there are not so many.
    func field(at index: Int, in start: Int, level: Int) throws -> Field? {
        meet(start, level: level)
        while known[level].count <= index {
            guard try find(known[level].count, level: level) else { return nil }
        }
        return known[level][index]
    }

    /// Where a value ends.
    func end(of offset: Int, level: Int) throws -> Int {
        if last.start == offset { return last.end }
        guard level < levels, known[level].start == offset, let head = try head(at: offset) else {
            return try skip(offset)
        }
        while try find(known[level].count, level: level) {}
        let count = known[level].count
        let end = count == 0 ? head.first : try self.end(of: known[level][count - 1].value, level: level + 1)
        return head.count == nil ? end + 1 : end
    }

    /// Remembers which container is read at a level.
    @inline(__always)
    private func meet(_ start: Int, level: Int) {
        if level < levels && known[level].start == start { return }
        while levels <= level {
            (known + levels).initialize(to: Known())
            levels += 1
        }
        known[level].start = start
        known[level].count = 0
        known[level].next = 0
        known[level].isComplete = false
    }

    /// Finds one field more, after those that are known.
    ///
    /// - Parameters:
    ///   - index: How many fields are known.
    ///   - level: How deep the container is.
    /// - Returns: Whether there is one.
    /// - Throws: A `DecodingError` if the bytes on the way are damaged.
    private func find(_ index: Int, level: Int) throws -> Bool {
        if known[level].isComplete { return false }
        guard let head = try head(at: known[level].start) else { return false }
        if index == head.count {
            known[level].isComplete = true
            return false
        }
        var position = head.first
        if index > 0 { position = try end(of: known[level][index - 1].value, level: level + 1) }
        if head.count == nil && isByte(head.terminator, at: position) {
            known[level].isComplete = true
            return false
        }
        if head.form == .map {
            known[level].append(Field(name: position, value: try skip(position)))
        } else {
            let name = try nameNumber(&position)
            known[level].append(Field(name: name, value: position))
        }
        return true
    }

    @inline(__always)
    private func isField(
        _ field: Field,
        in start: Int,
        named text: UnsafeRawBufferPointer,
        or intValue: Int?
    ) -> Bool {
        guard bytes[start] >= Lead.map else { return bytes[name(field.name)].elementsEqual(text) }
        if let name = try? stringRange(at: field.name) { return bytes[name].elementsEqual(text) }
        var end = 0
        guard let intValue, let name = try? integer(Int.self, at: field.name, end: &end) else { return false }
        return name == intValue
    }

    /// The key of a field, if it can be one of a type.
    func key<Key: CodingKey>(of field: Field, in start: Int, as type: Key.Type) -> Key? {
        guard bytes[start] >= Lead.map else { return string(in: name(field.name)).flatMap(Key.init(stringValue:)) }
        if let name = try? string(at: field.name) { return Key(stringValue: name) }
        var end = 0
        return (try? integer(Int.self, at: field.name, end: &end)).flatMap(Key.init(intValue:))
    }
}
