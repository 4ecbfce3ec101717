import Foundation

@_spi(ValueCoding) @testable import PIE

/// Any bytes, decoded as a value: the first says as what, the others are its encoding.
enum ValueFuzz {
    /// Decodes bytes; what comes out must be a value that has bytes, which give the same bytes again.
    ///
    /// - Throws: A ``FuzzFinding``, or what keeps a value that was decoded from being encoded.
    static func run(_ bytes: [UInt8]) throws {
        guard let kind = bytes.first else { return }
        let encoding = Array(bytes.dropFirst())
        _ = EncodedText.describe(encoding)
        switch kind % 10 {
        case 0: try check(Tree.self, encoding)
        case 1: try check(Leaf.self, encoding)
        case 2: try check([String: [Data]].self, encoding)
        case 3: try check([[Set<Int>?]].self, encoding)
        case 4: try check([Int8: [UInt64?]].self, encoding)
        case 5: try check([Double].self, encoding)
        case 6: try check(String.self, encoding)
        case 7: try check(AnyTask.self, encoding)
        case 8: try check([Int128].self, encoding)
        default: try check([Date: URL].self, encoding)
        }
    }

    /// A few encodings to begin with.
    ///
    /// - Throws: What keeps a value from being encoded.
    static func corpus() throws -> [[UInt8]] {
        let leaf = Leaf(name: "größer", place: .at(line: 12, column: -7), weight: 0.25, flags: ["a", "b"])
        let tree = Tree.fork([.leaf(leaf), .fork([]), .named(text: "x", of: .leaf(leaf))])
        return try [
            [0] + encoder.encode(tree), [1] + encoder.encode(leaf),
            [2] + encoder.encode(["one": [Data([1, 2, 3])], "two": []]),
            [3] + encoder.encode([[Set([1, -200]), nil]]),
            [4] + encoder.encode([Int8(-1): [UInt64.max, nil]]), [5] + encoder.encode([0.1, -0.0, .infinity]),
            [6] + encoder.encode("a text"), [7] + encoder.encode(AnyTask(StoreFuzz.Node(number: 3))),
            [8] + encoder.encode([Int128.min, 0, .max]),
            [9] + encoder.encode([Date(timeIntervalSince1970: 1): URL(fileURLWithPath: "/a")]),
        ]
    }

    private static var encoder: ValueEncoder {
        let encoder = ValueEncoder()
        encoder.userInfo[.taskRegistry] = registry
        return encoder
    }

    private static var decoder: ValueDecoder {
        let decoder = ValueDecoder()
        decoder.userInfo[.taskRegistry] = registry
        return decoder
    }

    private static let registry = try? TaskRegistry([StoreFuzz.Node.self])

    private static func check<Value: Codable>(_ type: Value.Type, _ bytes: [UInt8]) throws {
        guard let value = try? decoder.decode(type, from: bytes) else { return }
        let first = try encoder.encode(value)
        let second = try encoder.encode(decoder.decode(type, from: first))
        if first != second { throw FuzzFinding(description: "\(value) has other bytes when it is decoded again") }
    }

    /// A value with cases that contain each other.
    private indirect enum Tree: Codable {
        case leaf(Leaf)
        case fork([Tree])
        case named(text: String, of: Tree)
    }

    /// A value of many parts.
    private struct Leaf: Codable {
        enum Place: Codable {
            case nowhere
            case at(line: Int32, column: Int16)
        }

        var name: String
        var place: Place
        var weight: Double?
        var flags: Set<String>
        var bytes: [UInt8] = [0, 255]
        var table: [String: Int] = ["a": 1]
    }
}
