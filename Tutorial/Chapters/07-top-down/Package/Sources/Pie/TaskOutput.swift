/// What is known of the output of every task.
public typealias TaskOutput = Equatable & Sendable
