/// Makes keys of the bytes that a terminal sends.
public struct KeyReader {
    private let nextByte: () -> UInt8?

    /// Creates a reader; `nextByte` waits for a byte and is `nil` at the end of the input.
    public init(_ nextByte: @escaping () -> UInt8?) {
        self.nextByte = nextByte
    }

    /// The next key, or `nil` at the end of the input.
    public func next() -> Key? {
        while let byte = nextByte() {
            switch byte {
            case 5: return .end
            case 10, 13: return .newLine
            case 17: return .quit
            case 19: return .save
            case 8, 127: return .delete
            case 27: if let key = arrow() { return key }
            case ..<32: continue
            default: if let character = character(from: byte) { return .character(character) }
            }
        }
        return nil
    }

    private func arrow() -> Key? {
        guard nextByte() == UInt8(ascii: "[") else { return nil }
        switch nextByte() {
        case UInt8(ascii: "A"): return .up
        case UInt8(ascii: "B"): return .down
        case UInt8(ascii: "C"): return .right
        case UInt8(ascii: "D"): return .left
        default: return nil
        }
    }

    /// A character of one to four bytes; the first byte tells how many.
    private func character(from first: UInt8) -> Character? {
        var bytes = [first]
        let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        while bytes.count < count, let byte = nextByte() { bytes.append(byte) }
        return String(validating: bytes, as: UTF8.self)?.first
    }
}
