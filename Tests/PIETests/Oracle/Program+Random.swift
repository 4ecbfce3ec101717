import PIE
import PIETesting

extension Oracle.Program {
    /// Makes a program up.
    ///
    /// Tasks require tasks of lower numbers, but for pairs that require each other one way or the other. Who reads a
    /// generated file has required all tasks that may write it; of two tasks that may, one does.
    static func random(allowingAttempts: Bool, using random: inout SeededGenerator) -> Self {
        var author = Author(allowingAttempts: allowingAttempts, random: random)
        let program = author.write()
        random = author.random
        return program
    }

    fileprivate init(sources: Int, generated: [File]) {
        self.init(
            tasks: [],
            moduli: [],
            sources: (0..<sources).map { File($0 % 3 == 0 ? "listed/\($0 % 2 == 0 ? "a" : "b")\($0)" : "s\($0)") },
            generated: generated
        )
    }
}

/// Makes a program up, task by task.
private struct Author {
    var random: SeededGenerator
    private let fails: Bool
    private let allowsAttempts: Bool
    private var program: Oracle.Program
    private let count: Int

    /// The tasks that may write each generated file; of two, one does, which one depends on a source file.
    private var writers: [[Int]] = []

    /// What a task that does not fail has certainly required.
    private var certain: [Set<Int>] = []

    /// Tasks that require each other one way or the other, and the file that this depends on.
    private var flip: (low: Int, high: Int, file: File)?

    init(allowingAttempts: Bool, random: SeededGenerator) {
        self.random = random
        count = self.random.number(in: 2...12)
        fails = self.random.chance(40)
        allowsAttempts = allowingAttempts
        let sources = self.random.number(in: 1...6)
        var generated: [File] = []
        for number in 0..<self.random.number(in: 0...3) {
            let isListed = self.random.chance(25)
            generated.append(
                File(isListed ? "listed/\(number % 2 == 0 ? "a" : "c")g\(number)" : "generated/g\(number)")
            )
        }
        program = Oracle.Program(sources: sources, generated: generated)
    }

    mutating func write() -> Oracle.Program {
        for _ in program.generated {
            let first = random.number(in: 0...count - 1)
            let second = random.number(in: 0...count - 1)
            writers.append(first == second || random.chance(60) ? [first] : [first, second])
        }
        if count > 2 && random.chance(40) {
            let low = random.number(in: 0...count - 2)
            flip = (low, random.number(in: low + 1...count - 1), source())
        }
        for task in 0..<count {
            program.tasks.append(code(of: task))
            program.moduli.append(random.pick([2, 3, 5, 1_000, 100_000]))
            certain.append(requirements(of: program.tasks[task]))
        }
        if !program.generated.isEmpty && random.chance(15) {
            program.isCareless = true
            for _ in 0..<random.number(in: 1...3) { breakRules() }
        }
        return program
    }

    private func requirements(of code: [Oracle.Instruction]) -> Set<Int> {
        var found: Set<Int> = []
        for instruction in code {
            switch instruction {
            case .require(let other, _): found.insert(other)
            case .all(let others, _): found.formUnion(others)
            case .pair(let first, let second), .together(let first, let second): found.formUnion([first, second])
            default: break
            }
        }
        return found.reduce(found) { $1 < certain.count ? $0.union(certain[$1]) : $0 }
    }

    // MARK: Tasks

    private mutating func code(of task: Int) -> [Oracle.Instruction] {
        var code = block(of: task, depth: 0, length: random.number(in: 1...4))
        for (file, writers) in zip(program.generated, writers) {
            if !writers.contains(task) && writers.allSatisfy({ $0 < task }) && random.chance(45) {
                insert(reader(of: file, by: task, after: writers), into: &code)
            }
        }
        for listing in Oracle.Listing.allCases where random.chance(45) {
            let before = zip(program.generated, writers).filter { listing.shows($0.0) }.map(\.1)
            if !before.isEmpty && before.allSatisfy({ $0.allSatisfy { $0 < task } }) {
                insert(before.joined().map { .require($0, view()) } + [.list(listing)], into: &code)
            }
        }
        for (file, writers) in zip(program.generated, writers) where writers.contains(task) {
            code += writer(of: file, by: task, among: writers)
        }
        if let flip, task == flip.low || task == flip.high {
            let other = Oracle.Instruction.require(task == flip.low ? flip.high : flip.low, view())
            let first = task == flip.low ? [other] : []
            let second = task == flip.high ? [other] : []
            code = [.read(flip.file, .content), .branch(first, second)] + code
        }
        return code
    }

    private mutating func insert(_ part: [Oracle.Instruction], into code: inout [Oracle.Instruction]) {
        let place = random.number(in: 0...code.count)
        if random.chance(25) {
            code.insert(contentsOf: [.read(source(), .content), .branch(part, [])], at: place)
        } else {
            code.insert(contentsOf: part, at: place)
        }
    }

    private mutating func reader(of file: File, by task: Int, after writers: [Int]) -> [Oracle.Instruction] {
        let read = Oracle.Instruction.read(file, random.chance(80) ? .content : .exists)
        let between = (0..<task).filter { certain[$0].isSuperset(of: writers) }
        if !between.isEmpty && random.chance(50) { return [.require(random.pick(between), view()), read] }
        if random.chance(30) { return [.all(writers, isBoxed: true), read] }
        return writers.map { .require($0, view()) } + [read]
    }

    private mutating func writer(of file: File, by task: Int, among writers: [Int]) -> [Oracle.Instruction] {
        let write = Oracle.Instruction.write(file)
        if writers.count == 2 {
            let decides = program.sources[0]
            return [
                .read(decides, .content), .branch(task == writers[0] ? [write] : [], task == writers[1] ? [write] : []),
            ]
        }
        if random.chance(30) { return [.read(source(), .content), .branch([write], [])] }
        return fails && random.chance(20) ? [write, .read(source(), .content), .fail(5)] : [write]
    }

    // MARK: Carelessness

    /// Lets a task read, list or write a generated file without asking whose it is, perhaps only at times.
    private mutating func breakRules() {
        let task = random.number(in: 0...count - 1)
        let number = random.number(in: 0...program.generated.count - 1)
        let file = program.generated[number]
        let owners = writers[number].filter { $0 < task }.map { Oracle.Instruction.require($0, .whole) }
        let listing = Oracle.Listing.allCases.first { $0.shows(file) }
        var part: [Oracle.Instruction]
        switch random.number(in: 0...4) {
        case 0...1: part = [.read(file, random.pick([.content, .exists]))]
        case 2: part = [.read(file, .content)] + owners
        case 3: part = listing.map { [.list($0)] } ?? [.read(file, .content)]
        default: part = [.write(file)]
        }
        // Who lists what it writes itself never comes to rest.
        let lists = program.tasks[task].contains(where: \.lists) || part.contains(where: \.lists)
        let writes = program.writers.contains { $0.key.path.hasPrefix("listed") && $0.value.contains(task) }
        if lists && (writes || part.contains { if case .write = $0 { true } else { false } }) { return }
        if random.chance(80) {
            let careful = random.chance(50) ? [] : owners + part
            part = [.read(source(), .content), random.chance(50) ? .branch(part, careful) : .branch(careful, part)]
        }
        program.tasks[task].insert(contentsOf: part, at: random.number(in: 0...program.tasks[task].count))
    }

    // MARK: Instructions

    private mutating func block(of task: Int, depth: Int, length: Int) -> [Oracle.Instruction] {
        (0..<length).flatMap { _ in instructions(of: task, depth: depth) }
    }

    private mutating func instructions(of task: Int, depth: Int) -> [Oracle.Instruction] {
        let others = (0..<4).map { _ in task > 0 ? random.number(in: 0...task - 1) : 0 }
        let group = Array(others.prefix(random.number(in: 1...4)))
        switch random.number(in: 0...19) {
        case 0...5 where task > 0:
            return [.require(others[0], depth == 0 && random.chance(10) ? .field : view())]
        case 6...7 where task > 0: return [.all(group, isBoxed: random.chance(50))]
        case 8 where task > 0:
            // What child tasks were asked for and is cancelled since another has failed, the model does not know.
            let isSafe = !fails && flip == nil && others[0] != others[1]
            return [isSafe && random.chance(50) ? .together(others[0], others[1]) : .pair(others[0], others[1])]
        case 9...10 where task > 0: return [leaf(), .choose(group)]
        case 11 where task > 0 && fails && allowsAttempts: return [.attempt(others[0])]
        case 14 where task > 0 && depth == 0: return [.earlier(random.number(in: 0...count - 1)), leaf()]
        case 12 where fails: return [leaf(), .fail(random.number(in: 3...6))]
        case 13...15 where depth < 2:
            let decides = task > 0 && random.chance(40) ? .require(others[0], .whole) : leaf()
            let yes = block(of: task, depth: depth + 1, length: random.number(in: 1...2))
            let no = random.chance(50) ? [] : block(of: task, depth: depth + 1, length: random.number(in: 1...2))
            return [decides, .branch(yes, no)]
        default: return [leaf()]
        }
    }

    private mutating func leaf() -> Oracle.Instruction {
        switch random.number(in: 0...11) {
        case 0 where random.chance(40): .variable(random.number(in: 0...1))
        case 0: .input(random.number(in: 0...1))
        case 1: .depend(source())
        case 2: sourceListings.randomElement(using: &random).map { .list($0) } ?? .read(source(), .content)
        case 3: .read(source(), .modified)
        case 4: .read(source(), .exists)
        case 5: .previous
        default: .read(source(), .content)
        }
    }

    private mutating func view() -> Oracle.View {
        switch random.number(in: 0...9) {
        case 0: .projected(2)
        case 1: .stamped(2)
        case 2...3: .ignored
        case 4: .boxed
        default: .whole
        }
    }

    /// The listings that show source files only: any task may read them.
    private var sourceListings: [Oracle.Listing] {
        Oracle.Listing.allCases.filter { !program.generated.contains(where: $0.shows) }
    }

    private mutating func source() -> File { random.pick(program.sources) }
}

extension Oracle.Instruction {
    /// Whether a folder is listed.
    fileprivate var lists: Bool {
        switch self {
        case .list: true
        case .branch(let yes, let no): (yes + no).contains(where: \.lists)
        default: false
        }
    }
}
