/// A step of a coding path, and the key of an element or of a superclass.
struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "Index \(intValue)"
        self.intValue = intValue
    }

    /// The key that `superEncoder()` and `superDecoder()` use.
    static let superclass = PathKey(stringValue: "super")
}

extension [any CodingKey] {
    /// The path as it stands in an error: `modules[3].path`.
    var pathText: String {
        var text = ""
        for key in self {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }
}
