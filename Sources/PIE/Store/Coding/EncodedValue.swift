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
        // The table begins with a variable: how many bytes follow in it.
        var end = 0
        var size: UInt64 = 0
        while true {
            guard end < encoding.count, end < 5 else { return nil }
            let byte = encoding[end]
            size |= UInt64(byte & 0x7F) << UInt64(7 * end)
            end += 1
            guard byte & 0x80 != 0 else {
                guard byte != 0 || end == 1 else { return nil }
                break
            }
        }
        guard size <= UInt64(encoding.count - end) else { return nil }
        end += Int(size)
        names = encoding[..<end]
        value = encoding[end...]
    }
}
