import PIE

extension KeyStroke {
    /// The text of a file: a number for each function's signature and body.
    struct Source: Hashable, Codable, Sendable {
        var signatures: [UInt32]
        var bodies: [UInt32]

        static func input(_ file: Int) -> Input<Source> { Input("source \(file)") }
    }

    /// A function of the program.
    struct Function: Hashable, Codable, Sendable {
        var file: UInt32
        var index: UInt32
    }

    /// Parses a file.
    struct Parse: IncrementalTask {
        var file: UInt32

        func execute(in context: some Context) async throws -> Source {
            Executions.note()
            return try await context.read(Source.input(Int(file)))
        }
    }

    /// The signature of a function.
    struct Signature: IncrementalTask {
        var function: Function

        func execute(in context: some Context) async throws -> UInt32 {
            Executions.note()
            return try await context.require(Parse(file: function.file)).signatures[Int(function.index)]
        }
    }

    /// A function with the names in it resolved.
    struct Resolve: IncrementalTask {
        var function: Function
        var files: UInt32

        func execute(in context: some Context) async throws -> UInt64 {
            Executions.note()
            let source = try await context.require(Parse(file: function.file))
            let uses = Program.uses(of: function, files: files)
            let first = try await context.require(Signature(function: uses.0))
            let second = try await context.require(Signature(function: uses.1))
            let third = try await context.require(Signature(function: uses.2))
            return Program.resolve(source.bodies[Int(function.index)], first, second, third)
        }
    }

    /// A function's types checked.
    struct Typecheck: IncrementalTask {
        var function: Function
        var files: UInt32

        func execute(in context: some Context) async throws -> UInt64 {
            Executions.note()
            let resolved = try await context.require(Resolve(function: function, files: files))
            let source = try await context.require(Parse(file: function.file))
            return Program.check(resolved, source.bodies[Int(function.index)])
        }
    }

    /// What there is to say about a file.
    struct Diagnostics: IncrementalTask {
        var file: UInt32
        var files: UInt32

        func execute(in context: some Context) async throws -> UInt64 {
            Executions.note()
            var value: UInt64 = 0
            for index in 0..<UInt32(Program.functions) {
                let function = Function(file: file, index: index)
                value = Program.combine(value, try await context.require(Typecheck(function: function, files: files)))
            }
            return value
        }
    }

    /// What there is to say about the program.
    struct AllDiagnostics: IncrementalTask {
        var files: UInt32

        func execute(in context: some Context) async throws -> UInt64 {
            Executions.note()
            var value: UInt64 = 0
            for file in 0..<files {
                value = Program.combine(value, try await context.require(Diagnostics(file: file, files: files)))
            }
            return value
        }
    }
}
