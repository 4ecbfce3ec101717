/// A `Dictionary` that can be decoded.
protocol DecodablePairs {
    static func readPairs(from list: inout ListReader) throws -> Self
}

extension Dictionary: DecodablePairs where Key: Decodable, Value: Decodable {
    static func readPairs(from list: inout ListReader) throws -> [Key: Value] {
        var pairs: [Key: Value] = [:]
        while !list.isAtEnd {
            let place = list.position
            let key = try list.decode(Key.self)
            guard pairs.updateValue(try list.decode(Value.self), forKey: key) == nil else {
                throw list.state.corrupt(place, "a dictionary has one key twice")
            }
        }
        return pairs
    }
}
