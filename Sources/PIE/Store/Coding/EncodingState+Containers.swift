extension EncodingState {
    /// Makes a frame a container of fields, or leaves it one.
    func makeKeyed(_ place: Place) -> Place { make(place, .keyed) }

    /// Makes a frame a list, or leaves it one.
    func makeList(_ place: Place) -> Place { make(place, .list) }

    private func make(_ place: Place, _ kind: Kind) -> Place {
        guard place.level < depth, frames[place.level].serial == place.serial else { return place }
        switch frames[place.level].kind {
        case .empty:
            frames[place.level].kind = kind
            append(0)
        case kind: break
        case .bytes where kind == .list: break
        default:
            failure = failure ?? error("one value asked for containers of two kinds")
            return .nowhere
        }
        return place
    }

    // MARK: Fields

    /// Writes the name of a field, after which comes its value.
    @inline(__always)
    func beginField(_ place: Place, _ key: some CodingKey) throws {
        try resume(place)
        let number = names.number(of: key)
        if number < 64 {
            let bit: UInt64 = 1 << UInt64(truncatingIfNeeded: number)
            guard frames[place.level].fields & bit == 0 else { throw repeated(key) }
            frames[place.level].fields |= bit
        }
        frames[place.level].field = number
        frames[place.level].count += 1
        writeVariable(UInt64(truncatingIfNeeded: number))
    }

    /// Writes a field with a value that takes frames of its own.
    @inline(__always)
    func writeField<T: Encodable>(_ place: Place, _ key: some CodingKey, _ value: T) throws {
        try resume(place)
        let mark = mark
        try beginField(place, key)
        let field = frames[place.level].field
        do {
            try write(value)
        } catch {
            goBack(to: mark)
            frames[place.level].count -= 1
            if field < 64 { frames[place.level].fields &= ~(1 << UInt64(truncatingIfNeeded: field)) }
            throw error
        }
    }

    private func repeated(_ key: some CodingKey) -> EncodingError {
        error(
            "the field '\(key.stringValue)' is encoded twice: "
                + "a superclass with fields of the same name needs a container of its own, from superEncoder()"
        )
    }

    // MARK: Elements

    /// Makes room for an element, which comes next.
    @inline(__always)
    func beginElement(_ place: Place) throws {
        try resume(place)
        if frames[place.level].kind == .bytes { try makeElements(of: place) }
        frames[place.level].count += 1
    }

    /// Writes an element that takes frames of its own.
    func writeElement<T: Encodable>(_ place: Place, _ value: T) throws {
        try beginElement(place)
        let mark = mark
        do {
            try write(value)
        } catch {
            goBack(to: mark)
            frames[place.level].count -= 1
            throw error
        }
    }

    /// Writes bytes as elements: at once where they are the first ones.
    func writeElements(_ place: Place, bytes elements: some Sequence<UInt8>) throws {
        try resume(place)
        guard frames[place.level].kind == .list, frames[place.level].count == 0 else {
            for element in elements {
                try beginElement(place)
                write(integer: element)
            }
            return
        }
        let elements = Array(elements)
        guard !elements.isEmpty else { return }
        size -= 1
        write(elements)
        frames[place.level].kind = .bytes
        frames[place.level].count = elements.count
    }

    /// Writes bytes again, as a list that can grow.
    private func makeElements(of place: Place) throws {
        let frame = frames[place.level]
        let elements = Array(bytes.suffix(frame.count))
        size = frame.start
        append(0)
        frames[place.level].kind = .list
        for element in elements { write(integer: element) }
    }

    // MARK: Single values

    /// Makes a frame that of a single value, which comes next.
    @inline(__always)
    func beginSingle(_ place: Place) throws {
        try resume(place)
        guard frames[place.level].kind == .empty else {
            throw error("a single value was encoded after something else in its place")
        }
        frames[place.level].kind = .single
    }

    /// Writes a single value that takes frames of its own.
    func writeSingle<T: Encodable>(_ place: Place, _ value: T) throws {
        try beginSingle(place)
        let mark = mark
        do {
            try write(value)
        } catch {
            goBack(to: mark)
            frames[place.level].kind = .empty
            throw error
        }
    }
}
