/// A task that a task required, and the output that it got, or `nil` if it got none.
struct TaskDependency: Sendable {
    let task: AnyTask
    let output: (any TaskOutput)?
}

extension TaskDependency: Codable {
    private enum CodingKeys: CodingKey {
        case task
        case output
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try container.decode(AnyTask.self, forKey: .task)
        output = try task.decodeOutput(from: container, forKey: .output)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(task, forKey: .task)
        if let output { try container.encode(output, forKey: .output) }
    }
}
