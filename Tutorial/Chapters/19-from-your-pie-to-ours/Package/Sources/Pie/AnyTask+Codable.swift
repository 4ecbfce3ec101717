extension AnyTask: Codable {
    /// Encodes the type identifier and the task.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(type(of: base).typeIdentifier)
        try container.encode(base)
    }

    /// Decodes a task whose type the decoder's registry knows.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let identifier = try container.decode(String.self)
        let registry = CodingUserInfoKey.taskRegistry.flatMap { decoder.userInfo[$0] as? TaskRegistry }
        guard let type = registry?[identifier] else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "the task type \(identifier) is not registered"
            )
        }
        self = try Self.decode(type, from: &container)
    }

    private static func decode<T: IncrementalTask>(
        _ type: T.Type,
        from container: inout any UnkeyedDecodingContainer
    ) throws -> AnyTask {
        AnyTask(try container.decode(type))
    }

    /// Decodes an output of this task.
    func decodeOutput<Key>(
        from container: KeyedDecodingContainer<Key>,
        forKey key: Key
    ) throws -> (any TaskOutput)? {
        func decode<T: IncrementalTask>(_ task: T) throws -> (any TaskOutput)? {
            // Not `decodeIfPresent`: an output may be an optional, and then a null is an output.
            container.contains(key) ? try container.decode(T.Output.self, forKey: key) : nil
        }
        return try decode(base)
    }
}
