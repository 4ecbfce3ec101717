import PIE
import Testing

/// What a ``BuildError`` says, to compare.
enum Objection: Equatable {
    case cycle([AnyTask])
    case hidden(reader: AnyTask, provider: AnyTask, File)
    case overlap(AnyTask, AnyTask, File)
    case writeAfterRead(AnyTask, File)
    case notText(File)
    case missingInput(String)
    case misuse
    case failures([String])
    case other(String)

    init(_ error: BuildError) {
        switch error.kind {
        case .cycle(let path): self = .cycle(path)
        case .hiddenDependency(let reader, let provider, let file):
            self = .hidden(reader: reader, provider: provider, file)
        case .overlap(let first, let second, let file): self = .overlap(first, second, file)
        case .writeAfterRead(let task, let file): self = .writeAfterRead(task, file)
        case .notText(let file): self = .notText(file)
        case .missingInput(let name): self = .missingInput(name)
        case .misuse: self = .misuse
        case .failures(let errors): self = .failures(errors.map { "\($0)" })
        default: self = .other(error.title)
        }
    }

    static func cycle(_ path: any IncrementalTask...) -> Objection { .cycle(tasks(path)) }

    static func hidden(
        reader: some IncrementalTask,
        provider: some IncrementalTask,
        _ file: File
    ) -> Objection {
        .hidden(reader: AnyTask(reader), provider: AnyTask(provider), file)
    }

    static func overlap(_ first: some IncrementalTask, _ second: some IncrementalTask, _ file: File) -> Objection {
        .overlap(AnyTask(first), AnyTask(second), file)
    }

    static func writeAfterRead(_ task: some IncrementalTask, _ file: File) -> Objection {
        .writeAfterRead(AnyTask(task), file)
    }
}

/// What the framework objects to in a body; an issue is recorded if it does not.
func objection<Result>(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Result
) async -> Objection? {
    let error = await #expect(throws: BuildError.self, sourceLocation: sourceLocation) { try await body() }
    return error.map { Objection($0) }
}

/// The error of a test task that a body ends with; an issue is recorded if it does not.
func failure<Result>(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Result
) async -> String? {
    await #expect(throws: Failure.self, sourceLocation: sourceLocation) { try await body() }?.text
}

/// Tasks of any types in boxes.
func tasks(_ tasks: any IncrementalTask...) -> [AnyTask] { PIETests.tasks(tasks) }

func tasks(_ tasks: [any IncrementalTask]) -> [AnyTask] {
    func box(_ task: some IncrementalTask) -> AnyTask { AnyTask(task) }
    return tasks.map { box($0) }
}
