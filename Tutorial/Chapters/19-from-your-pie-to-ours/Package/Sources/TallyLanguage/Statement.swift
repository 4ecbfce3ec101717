import Pie

/// What a line says.
enum Statement: Hashable, Codable, Sendable {
    case nothing
    case use(File)
    case definition(String, Expression)
    case mistake(String)
}

/// What is on the right of the sign of equality.
indirect enum Expression: Hashable, Codable, Sendable {
    case number(Double)
    case name(String)
    case operation(Operator, Expression, Expression)
}

/// What one can do with two numbers.
enum Operator: Character, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
}

extension Operator: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let sign = try container.decode(String.self)
        guard let known = sign.first.flatMap(Operator.init(rawValue:)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown operator \(sign)")
        }
        self = known
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(rawValue))
    }
}
