import Pie

/// Reads the lines of a program.
struct Parser {
    /// What is wrong with a line.
    struct Mistake: Error {
        var text: String
    }

    private var rest: Substring

    private init(_ line: Substring) {
        rest = line.prefix { $0 != "#" }
    }

    /// The statements of a program, one for each line.
    static func statements(of text: String) -> [Statement] {
        var defined: Set<String> = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let statements = lines.map { line in
            var parser = Parser(line)
            do throws(Mistake) { return try parser.statement() } catch { return .mistake(error.text) }
        }
        let all = Set(statements.compactMap { if case .definition(let name, _) = $0 { name } else { nil } })
        return statements.map { statement in
            guard case .definition(let name, let expression) = statement else { return statement }
            if let later = expression.names.first(where: { all.contains($0) && !defined.contains($0) }) {
                return .mistake("\(later) is not defined above")
            }
            return defined.insert(name).inserted ? statement : .mistake("\(name) is defined twice")
        }
    }

    private mutating func statement() throws(Mistake) -> Statement {
        skipSpaces()
        if rest.isEmpty { return .nothing }
        let name = try name()
        if name == "use" {
            let path = rest.trimmingPrefix { $0 == " " }.prefix { $0 != " " }
            if path.isEmpty { throw Mistake(text: "which file?") }
            return .use(File(String(path)))
        }
        try expect("=")
        let expression = try sum()
        if let next = rest.first { throw Mistake(text: "did not expect '\(next)'") }
        return .definition(name, expression)
    }

    private mutating func sum() throws(Mistake) -> Expression {
        try chain([.add, .subtract]) { parser throws(Mistake) in try parser.product() }
    }

    private mutating func product() throws(Mistake) -> Expression {
        try chain([.multiply, .divide]) { parser throws(Mistake) in try parser.operand() }
    }

    /// Operands with operators of one level between them, from left to right.
    private mutating func chain(
        _ operators: Set<Operator>,
        _ operand: (inout Parser) throws(Mistake) -> Expression
    ) throws(Mistake) -> Expression {
        var result = try operand(&self)
        while let sign = rest.first.flatMap(Operator.init(rawValue:)), operators.contains(sign) {
            try expect(sign.rawValue)
            result = .operation(sign, result, try operand(&self))
        }
        return result
    }

    private mutating func operand() throws(Mistake) -> Expression {
        guard let first = rest.first else { throw Mistake(text: "something is missing at the end") }
        if first == "(" {
            try expect("(")
            let inner = try sum()
            try expect(")")
            return inner
        }
        if first.isNumber {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            guard let number = Double(digits) else { throw Mistake(text: "\(digits) is not a number") }
            rest = rest.dropFirst(digits.count)
            skipSpaces()
            return .number(number)
        }
        return .name(try name())
    }

    private mutating func name() throws(Mistake) -> String {
        let name = rest.prefix { $0.isLetter }
        if name.isEmpty { throw Mistake(text: "expected a name") }
        rest = rest.dropFirst(name.count)
        skipSpaces()
        return String(name)
    }

    private mutating func expect(_ character: Character) throws(Mistake) {
        guard rest.first == character else { throw Mistake(text: "expected '\(character)'") }
        rest.removeFirst()
        skipSpaces()
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0.isWhitespace }
    }
}

extension Expression {
    /// The names in the expression, from left to right.
    var names: [String] {
        switch self {
        case .number: []
        case .name(let name): [name]
        case .operation(_, let left, let right): left.names + right.names
        }
    }
}
