/// One token: what it is, the bytes it covers, and where it stands.
struct Token {
    /// The kinds of token.
    enum Kind: UInt8 {
        case endOfFile
        case identifier
        case integer
        case float
        case string
        case symbol
    }

    var kind: Kind
    /// The byte of a symbol; zero for every other kind.
    var symbol: UInt8 = 0
    /// The spelling of a short identifier.
    var word = Word.none
    /// The offsets of the token's bytes.
    var range: Range<Int>
    var position: SourcePosition
}
