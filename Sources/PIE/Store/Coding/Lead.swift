/// The first byte of every encoded value: what it is and, where that fits, how long it is or the value itself.
///
/// ``ValueEncoder`` describes the format.
enum Lead {
    /// An integer from 0 to 63.
    static let smallInteger: UInt8 = 0x00
    /// A string of up to 63 bytes.
    static let shortString: UInt8 = 0x40
    /// Fields with names: up to 14, or any number of them before a zero.
    static let keyed: UInt8 = 0x80
    /// Elements: up to 14, or any number of them before an ``end``.
    static let list: UInt8 = 0x90
    /// Pairs of a key and a value: up to 14, or any number of them before an ``end``.
    static let map: UInt8 = 0xA0
    /// An integer from −1 to −16.
    static let smallNegative: UInt8 = 0xB0
    static let null: UInt8 = 0xC0
    static let `false`: UInt8 = 0xC1
    static let `true`: UInt8 = 0xC2
    /// An optional that is not `nil`, where the value in it is an optional too.
    static let some: UInt8 = 0xC3
    /// An integer from 64 on, less 64.
    static let integer: UInt8 = 0xC4
    /// An integer from −17 down, as what is missing to −17.
    static let negative: UInt8 = 0xC5
    static let float: UInt8 = 0xC6
    static let double: UInt8 = 0xC7
    /// A string of 64 bytes or more, less 64.
    static let string: UInt8 = 0xC8
    static let bytes: UInt8 = 0xC9
    /// The end of elements that are not counted.
    static let end: UInt8 = 0xFF

    /// The count in the lead of a container that is not counted.
    static let uncounted: UInt8 = 0x0F

    /// What a byte begins, in words for an error.
    static func description(of lead: UInt8) -> String {
        switch lead {
        case smallInteger..<shortString, smallNegative..<null, integer, negative: "an integer"
        case shortString..<keyed, string: "a string"
        case keyed..<list: "fields with names"
        case list..<map: "a list"
        case map..<smallNegative: "a dictionary"
        case null: "nil"
        case `false`, `true`: "a truth value"
        case some: "an optional in an optional"
        case float, double: "a floating-point number"
        case bytes: "bytes"
        default: "no value (byte \(lead))"
        }
    }
}
