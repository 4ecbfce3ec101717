/// Decodes what a ``ValueEncoder`` has encoded; any other bytes are an error.
///
/// Nothing in the bytes is believed: no count reserves memory, no nesting goes deeper than the limit, no offset leads
/// out of the bytes, and nothing may be left over. Types are those that the caller asks for, never named by the bytes.
///
/// A decoder keeps its memory for the next value. It is not safe to use from several threads at once.
@_spi(ValueCoding) public final class ValueDecoder {
    /// What types find in the `userInfo` of the decoder, such as the ``TaskRegistry`` for ``AnyTask``.
    public var userInfo: [CodingUserInfoKey: Any] = [:]

    private let depthLimit: Int
    private var spare: DecodingState?

    /// Creates a decoder.
    ///
    /// - Parameter depthLimit: How deeply a value may be nested.
    public init(depthLimit: Int = ValueEncoder.depthLimit) {
        self.depthLimit = max(1, depthLimit)
    }

    /// Decodes a value.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - bytes: The encoding, all of it.
    /// - Returns: The value.
    /// - Throws: A `DecodingError` if the bytes are no encoding of such a value, or what the type's own code throws.
    public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try bytes.withUnsafeBytes { try decode(type, from: $0) }
    }

    /// Decodes a value from memory that is borrowed for the call.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - bytes: The encoding, all of it.
    /// - Returns: The value.
    /// - Throws: As ``decode(_:from:)-([UInt8])``.
    public func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer) throws -> T {
        // A value that keeps its decoder keeps the state as well, without the bytes.
        var state = spare ?? DecodingState(userInfo: [:], depthLimit: depthLimit)
        spare = nil
        state.userInfo = userInfo
        state.begin(bytes)
        defer {
            state.end()
            if isKnownUniquelyReferenced(&state) { spare = state }
        }
        guard bytes.count < Int(UInt32.max) else { throw state.corrupt(0, "the encoding has 4 GiB or more") }
        try state.readTable()
        let value = try state.read(type, at: state.body, level: 0)
        let end = try state.end(of: state.body, level: 0)
        guard end == bytes.count else { throw state.corrupt(end, "something follows the value") }
        return value
    }
}
