/// A value of JSON, and its text: fields stay in their order, so that equal values have equal texts.
indirect enum JSONText {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case list([JSONText])
    case object([(name: String, value: JSONText)])

    /// The text, with a line for each element of what is not short.
    var text: String {
        var text = ""
        write(to: &text, indentation: "")
        return text + "\n"
    }

    private var isShort: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .list(let elements): elements.isEmpty
        case .object(let fields): fields.allSatisfy { $0.value.isScalar || $0.value.isShortList }
        }
    }

    private var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .list, .object: false
        }
    }

    private var isShortList: Bool {
        guard case .list(let elements) = self else { return false }
        return elements.count <= 8 && elements.allSatisfy(\.isScalar)
    }

    private func write(to text: inout String, indentation: String) {
        let inner = indentation + "  "
        switch self {
        case .null: text += "null"
        case .bool(let value): text += "\(value)"
        case .number(let value): text += "\(value)"
        case .string(let value): Self.write(value, to: &text)
        case .list(let elements):
            let isShort = isShortList
            text += "["
            for (index, element) in elements.enumerated() {
                text += (index > 0 ? isShort ? ", " : "," : "") + (isShort ? "" : "\n" + inner)
                element.write(to: &text, indentation: inner)
            }
            text += (isShort ? "" : "\n" + indentation) + "]"
        case .object(let fields):
            let isShort = isShort && !indentation.isEmpty
            text += "{"
            for (index, field) in fields.enumerated() {
                text += (index > 0 ? isShort ? ", " : "," : "") + (isShort ? "" : "\n" + inner)
                Self.write(field.name, to: &text)
                text += ": "
                field.value.write(to: &text, indentation: inner)
            }
            text += (isShort ? "" : "\n" + indentation) + "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
