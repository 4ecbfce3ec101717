/// How values of a type are encoded.
enum TypeKind: UInt8 {
    /// By the type's own `encode(to:)` and `init(from:)`.
    case plain
    case string
    case bool
    case double
    case float
    case int
    case int8
    case int16
    case int32
    case int64
    case int128
    case uint
    case uint8
    case uint16
    case uint32
    case uint64
    case uint128
    /// `[UInt8]`.
    case bytes
    /// `Set`: the elements are sorted.
    case set
    /// `Dictionary`: the pairs are sorted.
    case dictionary
    /// An optional of an optional: Swift's own encoding loses one of the two.
    case nestedOptional

    /// Finds out; costs casts, so ask a ``TypeKindCache``.
    init(of type: Any.Type) {
        if let kind = Self.known[ObjectIdentifier(type)] {
            self = kind
        } else if type is any UnorderedElements.Type {
            self = .set
        } else if type is any UnorderedPairs.Type || type is any DecodablePairs.Type {
            self = .dictionary
        } else if type is any NestedOptional.Type || type is any DecodableNestedOptional.Type {
            self = .nestedOptional
        } else {
            self = .plain
        }
    }

    private static let known: [ObjectIdentifier: TypeKind] = [
        ObjectIdentifier(String.self): .string,
        ObjectIdentifier(Bool.self): .bool,
        ObjectIdentifier(Double.self): .double,
        ObjectIdentifier(Float.self): .float,
        ObjectIdentifier(Int.self): .int,
        ObjectIdentifier(Int8.self): .int8,
        ObjectIdentifier(Int16.self): .int16,
        ObjectIdentifier(Int32.self): .int32,
        ObjectIdentifier(Int64.self): .int64,
        ObjectIdentifier(Int128.self): .int128,
        ObjectIdentifier(UInt.self): .uint,
        ObjectIdentifier(UInt8.self): .uint8,
        ObjectIdentifier(UInt16.self): .uint16,
        ObjectIdentifier(UInt32.self): .uint32,
        ObjectIdentifier(UInt64.self): .uint64,
        ObjectIdentifier(UInt128.self): .uint128,
        ObjectIdentifier([UInt8].self): .bytes,
    ]
}

/// Remembers the kinds of the types that were asked for last, for the price of a comparison.
struct TypeKindCache {
    private struct Entry {
        var type: ObjectIdentifier?
        var kind: TypeKind
    }

    private static let size = 64

    private var entries = [Entry](repeating: Entry(type: nil, kind: .plain), count: size)

    /// The kind of a type.
    mutating func kind(of type: Any.Type) -> TypeKind {
        let identifier = ObjectIdentifier(type)
        let address = UInt(bitPattern: identifier)
        let slot = Int((address >> 4 ^ address >> 10) % UInt(Self.size))
        if entries[slot].type == identifier { return entries[slot].kind }
        let kind = TypeKind(of: type)
        entries[slot] = Entry(type: identifier, kind: kind)
        return kind
    }
}
