/// The outputs of tasks of one type that are not present any more, but that requirers have seen (R5).
///
/// Places that are given back keep their outputs until they are used again, or until the session ends: to destroy an
/// output may run users' code, and must wait until the lock is free.
@usableFromInline
struct OlderOutputs<Output> {
    /// The outputs by place; place 0 is none.
    @usableFromInline var outputs: [Output?] = [nil]
    @usableFromInline var free: [UInt32] = []

    /// How many of the free places, from the first, hold no output any more.
    @usableFromInline var emptied = 0

    @usableFromInline
    init() {}

    /// Keeps an output.
    ///
    /// - Parameter output: The output; afterwards what was at its place before, to be destroyed outside the lock.
    /// - Returns: Its place.
    @inlinable
    mutating func keep(_ output: inout Output?) -> UInt32 {
        guard let place = free.popLast() else {
            outputs.append(output)
            output = nil
            return UInt32(outputs.count - 1)
        }
        emptied = min(emptied, free.count)
        swap(&outputs[Int(place)], &output)
        return place
    }

    /// Takes an output out that is present again.
    @usableFromInline
    mutating func take(_ place: UInt32) -> Output? {
        defer { outputs[Int(place)] = nil }
        free.append(place)
        return outputs[Int(place)]
    }

    /// Takes out what was given back and not used again.
    ///
    /// - Returns: The outputs, with gaps: the places as they are, if all were given back.
    mutating func takeFree() -> [Output?] {
        if free.count == outputs.count - 1 && emptied == 0 {
            defer { self = OlderOutputs() }
            return free.isEmpty ? [] : outputs
        }
        var taken: [Output?] = []
        taken.reserveCapacity(free.count - emptied)
        for place in free[emptied...] {
            taken.append(outputs[Int(place)])
            outputs[Int(place)] = nil
        }
        emptied = free.count
        return taken
    }
}
