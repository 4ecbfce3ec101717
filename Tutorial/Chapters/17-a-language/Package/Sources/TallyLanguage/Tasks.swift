import Pie

/// The statements of a program, or `nil` if there is no such file.
struct Parse: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> [Statement]? {
        try await context.readText(file).map(Parser.statements)
    }
}

/// The files that a program uses.
struct Uses: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> [File] {
        let statements = try await context.require(Parse(file: file)) ?? []
        return statements.compactMap { if case .use(let file) = $0 { file } else { nil } }
    }
}

/// What a program says that a name is, if it says it.
struct Definition: IncrementalTask {
    var file: File
    var name: String

    func execute(in context: some Context) async throws -> Expression? {
        let statements = try await context.require(Parse(file: file)) ?? []
        for case .definition(name, let expression) in statements { return expression }
        return nil
    }
}

/// The program that defines a name which is used in a program: that one itself, or one that it uses.
struct Origin: IncrementalTask {
    var file: File
    var name: String

    func execute(in context: some Context) async throws -> File? {
        for file in try await [file] + context.require(Uses(file: file)) {
            if try await context.require(Definition(file: file, name: name)) != nil { return file }
        }
        return nil
    }
}

/// A number, or why there is none.
public enum Value: Hashable, Codable, Sendable {
    case number(Double)
    case mistake(String)
}

/// The value of a name that a program defines.
public struct Evaluate: IncrementalTask {
    let file: File
    let name: String

    /// Creates a task.
    public init(file: File, name: String) {
        self.file = file
        self.name = name
    }

    /// Evaluates the definition of the name.
    public func execute(in context: some Context) async throws -> Value {
        guard let expression = try await context.require(Definition(file: file, name: name)) else {
            return .mistake("\(name) is not defined")
        }
        return try await value(of: expression, in: context)
    }

    private func value(of expression: Expression, in context: some Context) async throws -> Value {
        switch expression {
        case .number(let number):
            return .number(number)
        case .name(let name):
            guard let origin = try await context.require(Origin(file: file, name: name)) else {
                return .mistake("\(name) is not defined")
            }
            return try await context.require(Evaluate(file: origin, name: name))
        case .operation(let sign, let left, let right):
            let values = (try await value(of: left, in: context), try await value(of: right, in: context))
            guard case (.number(let left), .number(let right)) = values else {
                if case .mistake = values.0 { return values.0 }
                return values.1
            }
            switch sign {
            case .add: return .number(left + right)
            case .subtract: return .number(left - right)
            case .multiply: return .number(left * right)
            case .divide: return right == 0 ? .mistake("cannot divide by 0") : .number(left / right)
            }
        }
    }
}

/// What there is to say about each line of a program.
public struct Report: IncrementalTask {
    let file: File

    /// Creates a task.
    public init(file: File) {
        self.file = file
    }

    /// Evaluates all definitions.
    public func execute(in context: some Context) async throws -> [String] {
        guard let statements = try await context.require(Parse(file: file)) else { return ["! there is no \(file)"] }
        var report: [String] = []
        for statement in statements {
            switch statement {
            case .nothing:
                report.append("")
            case .use(let used):
                report.append(try await context.require(Parse(file: used)) == nil ? "! there is no \(used)" : "")
            case .mistake(let text):
                report.append("! \(text)")
            case .definition(let name, _):
                switch try await context.require(Evaluate(file: file, name: name)) {
                case .number(let number): report.append("= \(number)")
                case .mistake(let text): report.append("! \(text)")
                }
            }
        }
        return report
    }
}

/// All types of tasks of the language, for a store.
public let allTasks: [any IncrementalTask.Type] = [
    Parse.self, Uses.self, Definition.self, Origin.self, Evaluate.self, Report.self,
]
