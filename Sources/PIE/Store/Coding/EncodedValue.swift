/// The two parts of what a ``ValueEncoder`` has made.
@_spi(ValueCoding) public struct EncodedValue {
    /// The table of names, the same for most values of one type.
    public let names: ArraySlice<UInt8>

    /// The value, which is to be read with this table.
    public let value: ArraySlice<UInt8>

    /// Finds the two parts; `nil` if this cannot be an encoding.
    ///
    /// - Parameter encoding: What an encoder has made, or anything else.
    public init?(_ encoding: [UInt8]) {
        let state = DecodingState(userInfo: [:], depthLimit: 1)
        let table = encoding.withUnsafeBytes { bytes in
            state.begin(bytes)
            defer { state.end() }
            return try? state.readTableRange()
        }
        guard let table else { return nil }
        names = encoding[..<table.upperBound]
        value = encoding[table.upperBound...]
    }
}
