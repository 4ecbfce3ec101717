/// Encodes any `Encodable` value as bytes: few of them, and always the same for equal values.
///
/// ## The format
///
/// An encoding is a *table of names*, then one *value*. Nothing is aligned. A *variable* is an unsigned number of seven
/// bits a byte, the lowest first; all but the last have the highest bit set, and the last is not zero unless it is the
/// only one.
///
/// The table is a variable with the number of bytes that follow in the table, then for each name a variable with its
/// number of bytes and its UTF-8. Names have numbers, from 1 on, in the order of their first use in the value; a value
/// without fields has the table `00`. Values of one type mostly have one table, so whoever keeps many of them can keep
/// the table once: ``EncodedValue`` tells where it ends.
///
/// A value begins with a byte that says what it is.
///
/// | byte | value | what follows |
/// |---|---|---|
/// | `00`…`3F` | an integer from 0 to 63 | |
/// | `40`…`7F` | a string of 0 to 63 bytes | its UTF-8 |
/// | `80`…`8E` | 0 to 14 fields | for each a variable, the number of its name, and its value |
/// | `8F` | 15 fields or more | the same, and a zero at the end |
/// | `90`…`9E` | a list of 0 to 14 values | the values |
/// | `9F` | a list of 15 values or more | the values, and `FF` at the end |
/// | `A0`…`AE` | a dictionary of 0 to 14 pairs | for each its key and its value, both of them values |
/// | `AF` | a dictionary of 15 pairs or more | the same, and `FF` at the end |
/// | `B0`…`BF` | an integer from −1 to −16 | |
/// | `C0` | `nil` | |
/// | `C1`, `C2` | `false`, `true` | |
/// | `C3` | an optional that is not `nil` and holds an optional | the value in it |
/// | `C4` | an integer from 64 on | a variable: the integer less 64 |
/// | `C5` | an integer below −16 | a variable: −17 less the integer |
/// | `C6` | a `Float`, or a `Double` that is one | four bytes, the lowest first |
/// | `C7` | any other `Double` | eight bytes, the lowest first |
/// | `C8` | a string of 64 bytes or more | a variable, the number of bytes less 64, and its UTF-8 |
/// | `C9` | bytes: `[UInt8]`, and what is written as bytes at once | a variable, their number, and the bytes |
///
/// Other bytes begin nothing. An integer has one form, whatever the width of its type.
///
/// A field that is `nil` is mostly not there at all, as in Swift's own encodings. The fields of an enumeration's case
/// are two containers in one another, of which the outer one has the one field that is named after the case. A value
/// that writes nothing is one without fields.
///
/// ## Equal values have equal bytes
///
/// The elements of a `Set` and the pairs of a `Dictionary` are in the lexicographic order of their bytes. If they are
/// the first to use more than one name, these names are numbered in the order of their bytes. Zero has no sign, because
/// `0.0` and `-0.0` are equal. Every NaN keeps its bits: it is equal to nothing. A string keeps its UTF-8, so two
/// spellings of one text that Swift calls equal have different bytes.
///
/// ## Values of a type that has changed
///
/// Every field has its name and every value says what it is. So a field that moved is found, one that is new and not
/// optional is missed, one that went is passed over, and a value of another kind, or an integer that does not fit, is
/// an error. A value never comes back as something else.
///
/// ## Limits
///
/// - A value may be nested ``depthLimit`` levels deep; deeper ones are an error on both sides.
/// - An encoding has less than 4 GiB.
/// - A field may be written once into a container; twice is an error for the first 63 names of an encoding, and beyond
///   them not found out: which of the two comes back is not said.
/// - Sets and dictionaries are found by their types. One that is told to encode itself, as in
///   `try elements.encode(to: encoder)`, is one with its elements in some order; write
///   `try encoder.singleValueContainer().encode(elements)` instead. (A dictionary with strings as keys is sorted
///   there, too.)
/// - `.none` and `.some(.none)` of a nested optional are told apart where they are a value that a container encodes.
///
/// An encoder keeps its memory for the next value. It is not safe to use from several threads at once.
@_spi(ValueCoding) public final class ValueEncoder {
    /// How deeply a value may be nested unless somebody asks for another limit.
    public static let depthLimit = 256

    /// What types find in the `userInfo` of the encoder.
    public var userInfo: [CodingUserInfoKey: Any] = [:]

    private let depthLimit: Int
    private var spare: EncodingState?

    /// Creates an encoder.
    ///
    /// - Parameter depthLimit: How deeply a value may be nested.
    public init(depthLimit: Int = ValueEncoder.depthLimit) {
        self.depthLimit = max(1, depthLimit)
    }

    /// Encodes a value.
    ///
    /// - Parameter value: The value.
    /// - Returns: Its bytes.
    /// - Throws: An `EncodingError` if the value is nested too deeply or encodes itself in a way that is not allowed, or
    ///   what the value's own code throws.
    public func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        // A value that keeps its encoder keeps the state as well, which then is not used again.
        var state = spare ?? EncodingState(names: NameTable(), userInfo: [:], depthLimit: depthLimit)
        spare = nil
        defer { if isKnownUniquelyReferenced(&state) { spare = state } }
        state.userInfo = userInfo
        do {
            return try state.encoding(of: value)
        } catch {
            guard state.needsFragments else { throw error }
            state.usesFragments = true
            defer { state.usesFragments = false }
            return try state.encoding(of: value)
        }
    }
}

extension EncodingState {
    /// Encodes a value from the beginning.
    fileprivate func encoding<T: Encodable>(of value: T) throws -> [UInt8] {
        reset()
        names.reset()
        try write(value)
        if let failure { throw failure }
        if needsFragments && !usesFragments { throw error("a container was written to late") }
        guard size < Int(UInt32.max) else { throw error("the value takes 4 GiB or more") }

        let table = names.encoded()
        var encoding: [UInt8] = []
        encoding.reserveCapacity(table.count + size)
        encoding += table
        encoding += bytes
        return encoding
    }
}
