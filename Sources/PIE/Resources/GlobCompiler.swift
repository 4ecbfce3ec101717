/// Turns a pattern into the program of a ``Glob``.
struct GlobCompiler {
    /// The finished program.
    private(set) var program: [Glob.Instruction] = []

    /// Whether the pattern speaks of a path, not of a name.
    private(set) var isAnchored = false

    private let pattern: [Unicode.Scalar]
    private var position = 0

    /// The braces that are open at this position.
    private var open: [Alternatives] = []

    /// For each `{` that is closed the position of its `}`.
    private let closings: [Int: Int]

    private struct Alternatives {
        /// Where the split in front of the alternative that is being read stands.
        var split: Int
        /// The jumps behind the alternatives before.
        var jumps: [Int] = []
    }

    init(_ pattern: String) {
        var scalars = Array(pattern.unicodeScalars)
        if scalars.first == "/" {
            isAnchored = true
            scalars.removeFirst()
        }
        self.pattern = scalars
        closings = Self.closings(of: scalars)
        while position < scalars.count { compileNext() }
    }

    private mutating func compileNext() {
        let scalar = pattern[position]
        switch scalar {
        case "\\" where position + 1 < pattern.count:
            program.append(.literal(pattern[position + 1]))
            position += 2
        case "*":
            compileStars()
        case "?":
            program.append(.any)
            position += 1
        case "[":
            if let (set, end) = Self.set(in: pattern, at: position) {
                program.append(set)
                position = end
            } else {
                append(literal: scalar)
            }
        case "{" where closings[position] != nil:
            open.append(Alternatives(split: program.count))
            program.append(.split(program.count + 1, program.count + 1))
            position += 1
        case "," where !open.isEmpty:
            endAlternative()
        case "}" where !open.isEmpty:
            closeBrace()
        default:
            append(literal: scalar)
        }
    }

    private mutating func append(literal scalar: Unicode.Scalar) {
        if scalar == "/" { isAnchored = true }
        program.append(.literal(scalar))
        position += 1
    }

    private mutating func compileStars() {
        let start = position
        while position < pattern.count && pattern[position] == "*" { position += 1 }
        guard position - start == 2 && isBoundary(start - 1) && isBoundary(position) else {
            repeatAny(.any)
            return
        }
        isAnchored = true
        guard position < pattern.count && pattern[position] == "/" else {
            // At the end of a path: everything below.
            repeatAny(.anyWithSlash)
            return
        }
        // Any number of folders, none too: nothing, or whatever ends with a slash.
        let split = program.count
        program.append(.jump(0))
        repeatAny(.anyWithSlash)
        program.append(.literal("/"))
        program[split] = .split(split + 1, program.count)
        position += 1
    }

    private mutating func repeatAny(_ instruction: Glob.Instruction) {
        let split = program.count
        program.append(.split(split + 1, split + 3))
        program.append(instruction)
        program.append(.jump(split))
    }

    /// Whether a component ends at a position.
    private func isBoundary(_ position: Int) -> Bool {
        guard pattern.indices.contains(position) else { return true }
        switch pattern[position] {
        case "/": return true
        case "{", ",", "}": return !open.isEmpty
        default: return false
        }
    }

    private mutating func endAlternative() {
        let last = open.count - 1
        open[last].jumps.append(program.count)
        program.append(.jump(0))
        program[open[last].split] = .split(open[last].split + 1, program.count)
        open[last].split = program.count
        program.append(.split(program.count + 1, program.count + 1))
        position += 1
    }

    private mutating func closeBrace() {
        guard let alternatives = open.popLast() else { return }
        for jump in alternatives.jumps { program[jump] = .jump(program.count) }
        position += 1
    }

    /// Finds out which braces belong together; they may be nested.
    private static func closings(of pattern: [Unicode.Scalar]) -> [Int: Int] {
        var closings: [Int: Int] = [:]
        var open: [Int] = []
        var position = 0
        while position < pattern.count {
            switch pattern[position] {
            case "\\": position += 1
            case "[":
                if let (_, end) = set(in: pattern, at: position) { position = end - 1 }
            case "{": open.append(position)
            case "}":
                if let start = open.popLast() { closings[start] = position }
            default: break
            }
            position += 1
        }
        return closings
    }

    /// Reads a bracket expression.
    ///
    /// - Returns: Its instruction and the position behind it; nil if the bracket is not closed.
    private static func set(in pattern: [Unicode.Scalar], at start: Int) -> (Glob.Instruction, end: Int)? {
        var position = start + 1
        var isNegated = false
        if position < pattern.count, pattern[position] == "!" || pattern[position] == "^" {
            isNegated = true
            position += 1
        }
        let first = position
        var ranges: [ClosedRange<UInt32>] = []
        while position < pattern.count {
            // A bracket that closes nothing yet, and a hyphen at either end, stand for themselves.
            if pattern[position] == "]" && position > first {
                return (.oneOf(ranges, isNegated: isNegated), position + 1)
            }
            if pattern[position] == "/" { return nil }
            if pattern[position] == "\\" && position + 1 < pattern.count { position += 1 }
            let low = pattern[position].value
            var high = low
            if position + 2 < pattern.count, pattern[position + 1] == "-", pattern[position + 2] != "]" {
                position += 2
                if pattern[position] == "\\" && position + 1 < pattern.count { position += 1 }
                high = pattern[position].value
            }
            // A range the wrong way round contains nothing.
            if low <= high { ranges.append(low...high) }
            position += 1
        }
        return nil
    }
}
