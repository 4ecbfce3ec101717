import PIE

/// A task of a ``Oracle/Program``.
struct OracleTask: IncrementalTask {
    static var typeIdentifier: String { "OracleTask" }

    /// Which trial it belongs to.
    var stage: Int

    /// Which task of the program it is.
    var number: Int

    /// A task that it requires, as part of what it is.
    var field: AnyTask?

    static var version: Int { Oracle.version }

    init(stage: Int, number: Int) {
        self.stage = stage
        self.number = number
        field = Oracle.Stage.numbered(stage)?.program.field(of: number).map {
            AnyTask(OracleTask(stage: stage, number: $0))
        }
    }

    func execute(in context: some Context) async throws -> Int {
        guard let stage = Oracle.Stage.numbered(stage) else { throw CancellationError() }
        stage.began(number)
        return try await perform(stage.program, in: context) { stage.wrote($0, by: number) }
    }

    /// Does what a program says.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - context: Where to ask for everything.
    ///   - onWrite: Is told of each file that was written.
    /// - Returns: A digest of what was found.
    /// - Throws: What the context throws, or a ``Oracle/Failure``.
    func perform(
        _ program: Oracle.Program,
        in context: some Context,
        onWrite: @escaping (File) -> Void
    ) async throws -> Int {
        var machine = Machine(task: self, onWrite: onWrite)
        try await machine.run(program.tasks[number], in: context)
        return machine.result % program.moduli[number]
    }
}

extension OracleTask: CustomStringConvertible {
    var description: String { "task \(number)" }
}

/// The state of a task that executes.
private struct Machine {
    let task: OracleTask
    let onWrite: (File) -> Void
    var result = 7 + 11 * (Oracle.version - 1)
    var last = 0

    mutating func run(_ code: [Oracle.Instruction], in context: some Context) async throws {
        for instruction in code { try await run(instruction, in: context) }
    }

    private mutating func run(_ instruction: Oracle.Instruction, in context: some Context) async throws {
        switch instruction {
        case .read(let file, .exists): find(try await context.read(file, stamper: .exists) == nil ? 0 : 1)
        case .read(let file, let stamper): find(Oracle.number(try await context.read(file, stamper: stamper)))
        case .depend(let file): try await context.depend(on: file)
        case .list(let listing):
            for name in try await context.read(listing.resource) ?? [] {
                find(name.utf8.reduce(0) { ($0 &* 17 &+ Int($1)) & 0xffff })
            }
        case .input(let number): find(try await context.read(Oracle.input(number)))
        case .variable(let number): find(try await context.read(Oracle.variable(number)).flatMap { Int($0) } ?? 0)
        case .require(let number, let view): try await require(other(number), view, in: context)
        case .all(let numbers, isBoxed: false):
            for output in try await context.require(all: numbers.map(other)) { find(output) }
        case .all(let numbers, isBoxed: true):
            for output in try await context.require(all: numbers.map { AnyTask(other($0)) }) {
                find(output as? Int ?? -1)
            }
        case .pair(let first, let second):
            let (one, two) = try await context.require(other(first), other(second))
            find(one)
            find(two)
        case .together(let first, let second):
            if let context = context as? Oracle.NaiveContext {
                context.evaluation.loosen([first, second], by: task.number)
                find(try await context.require(other(first)))
                find(try await context.require(other(second)))
                return
            }
            let (left, right) = (other(first), other(second))
            async let one = context.require(left)
            async let two = context.require(right)
            find(try await one)
            find(try await two)
        case .choose(let numbers):
            find(try await context.require(other(numbers[abs(last) % numbers.count])))
        case .attempt(let number):
            do {
                find(try await context.require(other(number)))
            } catch is Oracle.Failure {
                find(100)
            }
        case .branch(let yes, let no): try await run(last % 2 == 0 ? yes : no, in: context)
        case .write(let file):
            onWrite(file)
            try await context.write("\(result % 4)", to: file)
        case .fail(let modulus): if last % modulus == 0 { throw Oracle.Failure(task: task.number) }
        case .previous: await look(back: task, in: context)
        case .earlier(let number): await look(back: other(number), in: context)
        }
    }

    private mutating func require(_ task: OracleTask, _ view: Oracle.View, in context: some Context) async throws {
        switch view {
        case .whole: find(try await context.require(task))
        case .boxed: find(try await context.require(AnyTask(task)) as? Int ?? -1)
        case .field:
            // The first one so required is the field; the model knows tasks by their numbers alone.
            let box = self.task.field.flatMap { $0 == AnyTask(task) ? $0 : nil } ?? AnyTask(task)
            find(try await context.require(box) as? Int ?? -1)
        case .projected(let modulus):
            find(try await context.require(task, projecting: Oracle.Remainder(modulus: modulus)))
        case .stamped(let modulus):
            find(try await context.require(task, stamper: Oracle.RemainderStamper(modulus: modulus)) % modulus)
        case .ignored: try await context.require(task, stamper: .inconsequential())
        }
    }

    /// Notes what a task gave before, which from scratch nobody knows.
    private func look(back other: OracleTask, in context: some Context) async {
        if context is NonIncrementalContext || context is Oracle.NaiveContext { return }
        Oracle.Stage.numbered(task.stage)?.found(await context.previousOutput(of: other), before: other.number)
    }

    private mutating func find(_ value: Int) {
        last = value
        result = (result &* 31 &+ value &+ 3) & 0x7fff_ffff
    }

    private func other(_ number: Int) -> OracleTask { OracleTask(stage: task.stage, number: number) }
}

extension Oracle {
    /// The number in a file; -1 if there is no such file.
    static func number(_ bytes: [UInt8]?) -> Int {
        guard let bytes else { return -1 }
        return Int(String(decoding: bytes, as: UTF8.self)) ?? -2
    }
}
