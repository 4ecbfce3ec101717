import PIE

extension Oracle {
    /// What a task sees of an ``Evaluation``.
    struct NaiveContext: Context {
        /// A program does what the model does not know.
        struct Unsupported: Error {}

        let evaluation: Evaluation
        let task: Int

        private func answer<Answer, Result>(_ answer: Answer, as type: Result.Type) throws -> Result {
            guard let result = answer as? Result else { throw Unsupported() }
            return result
        }

        private func number(of task: some IncrementalTask) throws -> Int {
            try answer(task, as: OracleTask.self).number
        }

        func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
            let value = try await evaluation.require(number(of: task), .whole, by: self.task)
            return try answer(value, as: T.Output.self)
        }

        func require<T: IncrementalTask, S: OutputStamper>(
            _ task: T,
            stamper: S
        ) async throws -> T.Output where S.Output == T.Output {
            let view = (stamper as? RemainderStamper).map { View.stamped($0.modulus) } ?? .ignored
            let value = try await evaluation.require(number(of: task), view, by: self.task)
            return try answer(value, as: T.Output.self)
        }

        func require<T: IncrementalTask, P: Projection>(
            _ task: T,
            projecting: P
        ) async throws -> P.Projected where P.Output == T.Output {
            let view = View.projected(try answer(projecting, as: Remainder.self).modulus)
            let value = try await evaluation.require(number(of: task), view, by: self.task)
            return projecting.project(try answer(value, as: T.Output.self))
        }

        func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
            guard let task = task.as(OracleTask.self) else { throw Unsupported() }
            return try await evaluation.require(task.number, .boxed, by: self.task)
        }

        func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
            let numbers = try tasks.map { try number(of: $0) }
            return try answer(try await evaluation.require(all: numbers, by: task), as: [T.Output].self)
        }

        func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable] {
            let numbers = tasks.compactMap { $0.as(OracleTask.self)?.number }
            return try await evaluation.require(all: numbers, by: task)
        }

        func require<A: IncrementalTask, B: IncrementalTask, each More: IncrementalTask>(
            _ a: A,
            _ b: B,
            _ more: repeat each More
        ) async throws -> (A.Output, B.Output, repeat (each More).Output) {
            var numbers = [try number(of: a), try number(of: b)]
            for other in repeat each more { numbers.append(try number(of: other)) }
            let outputs = try await evaluation.require(all: numbers, by: task)
            var next = 1
            func later<T: IncrementalTask>(_ task: T) throws -> T.Output {
                next += 1
                return try answer(outputs[next], as: T.Output.self)
            }
            return (
                try answer(outputs[0], as: A.Output.self),
                try answer(outputs[1], as: B.Output.self),
                repeat try later(each more)
            )
        }

        func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
            try evaluation.read(file, stamper, by: task)
        }

        func readText(_ file: File, stamper: FileStamper) async throws -> String? {
            try evaluation.read(file, stamper, by: task).map { String(decoding: $0, as: UTF8.self) }
        }

        func depend(on file: File, stamper: FileStamper) async throws {
            _ = try evaluation.read(file, stamper, onDisk: true, by: task)
        }

        func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
            try evaluation.write(Oracle.number(Array(bytes)), to: file, by: task)
        }

        func provide(_ file: File) async throws { throw Unsupported() }

        func read<R: Resource>(_ resource: R) async throws -> R.Content {
            if let input = resource as? Input<Int>,
                let number = input.name.split(separator: " ").last.flatMap({ Int($0) })
            {
                return try answer(evaluation.input(number, by: task), as: R.Content.self)
            }
            if let variable = resource as? EnvironmentVariable, let number = Oracle.number(of: variable) {
                return try answer(evaluation.variable(number, by: task), as: R.Content.self)
            }
            guard let listing = Listing.allCases.first(where: { $0.resource == resource as? DirectoryListing }) else {
                throw Unsupported()
            }
            return try answer(try evaluation.list(listing, by: task) as [String]?, as: R.Content.self)
        }

        func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? { nil }
    }
}
