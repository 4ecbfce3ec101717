/// The spelling of a short identifier, packed into an integer so that keywords compare in one step.
///
/// Protocol Buffers has no reserved words: whether `message` is a keyword depends on where it stands.
/// The parser therefore asks the same token several times what it is, which has to be cheap.
struct Word: Equatable, Sendable {
    /// The bytes of the spelling, the last one lowest; zero for an identifier of more than 16 bytes.
    let packed: UInt128

    /// The word spelled by the bytes that `packed` holds.
    init(packed: UInt128) {
        self.packed = packed
    }

    private init(_ spelling: StaticString) {
        var packed: UInt128 = 0
        spelling.withUTF8Buffer { bytes in
            for byte in bytes {
                packed = packed << 8 | UInt128(byte)
            }
        }
        self.packed = packed
    }
}

extension Word {
    /// What stands for an identifier that is too long to be a keyword.
    static let none = Word(packed: 0)

    static let edition = Word("edition")
    static let `enum` = Word("enum")
    static let extend = Word("extend")
    static let extensions = Word("extensions")
    static let group = Word("group")
    static let `import` = Word("import")
    static let map = Word("map")
    static let max = Word("max")
    static let message = Word("message")
    static let oneof = Word("oneof")
    static let option = Word("option")
    static let optional = Word("optional")
    static let package = Word("package")
    static let `public` = Word("public")
    static let repeated = Word("repeated")
    static let required = Word("required")
    static let reserved = Word("reserved")
    static let returns = Word("returns")
    static let rpc = Word("rpc")
    static let service = Word("service")
    static let stream = Word("stream")
    static let syntax = Word("syntax")
    static let to = Word("to")
    static let weak = Word("weak")
}
