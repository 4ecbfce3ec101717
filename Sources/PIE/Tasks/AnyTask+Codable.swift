extension AnyTask: Codable {
    /// Encodes the type identifier and the value of the task, as a list of two.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What encoding the task throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        if encoder.userInfo[.keepsUnknownTasks] != nil { return try encodeApart(to: &container, encoder.userInfo) }
        try container.encode(type(of: base).typeIdentifier)
        try box.encode(to: &container)
    }

    /// Encodes the task as bytes of their own, which can be kept by a program that does not know its type.
    private func encodeApart(
        to container: inout any UnkeyedEncodingContainer,
        _ userInfo: [CodingUserInfoKey: Any]
    ) throws {
        if let unknown = base as? UnknownTask {
            try container.encode(unknown.typeIdentifier)
            try container.encode(unknown.encoding)
            return
        }
        let coder = ValueEncoder()
        coder.userInfo = userInfo
        try container.encode(type(of: base).typeIdentifier)
        try container.encode(try coder.encode(base))
    }

    /// Decodes a task whose type the decoder's ``TaskRegistry`` knows.
    ///
    /// - Parameter decoder: The decoder to read from; its `userInfo` holds the registry under
    ///   `CodingUserInfoKey.taskRegistry`.
    /// - Throws: `DecodingError.dataCorrupted` if there is no registry or it does not know the type, or what decoding
    ///   the task throws.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let identifier = try container.decode(String.self)
        if decoder.userInfo[.keepsUnknownTasks] != nil {
            let bytes = try container.decode([UInt8].self)
            let registry = decoder.userInfo[.taskRegistry] as? TaskRegistry
            guard let type = registry?[identifier] else {
                self.init(UnknownTask(typeIdentifier: identifier, encoding: bytes))
                return
            }
            self = try Self.decode(type, from: bytes, decoder.userInfo)
            return
        }
        guard let registry = decoder.userInfo[.taskRegistry] as? TaskRegistry else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a task of type '\(identifier)' cannot be decoded without a TaskRegistry: "
                    + "put one into the decoder's userInfo under the key .taskRegistry"
            )
        }
        guard let type = registry[identifier] else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "the task type '\(identifier)' is not registered: "
                    + "give it to the TaskRegistry that the decoder uses"
            )
        }
        self = try Self.decode(type, from: &container)
    }

    private static func decode<T: IncrementalTask>(
        _ type: T.Type,
        from bytes: [UInt8],
        _ userInfo: [CodingUserInfoKey: Any]
    ) throws -> AnyTask {
        let coder = ValueDecoder()
        coder.userInfo = userInfo
        return AnyTask(try coder.decode(type, from: bytes))
    }

    private static func decode<T: IncrementalTask>(
        _ type: T.Type,
        from container: inout any UnkeyedDecodingContainer
    ) throws -> AnyTask {
        AnyTask(try container.decode(type))
    }
}

extension CodingUserInfoKey {
    /// The key under which a decoder's `userInfo` holds the ``TaskRegistry`` that ``AnyTask`` is decoded with.
    public static let taskRegistry: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "PIE.taskRegistry") else {
            preconditionFailure("a coding key can be made of any string")
        }
        return key
    }()
}
