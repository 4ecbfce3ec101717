extension KeyStroke {
    /// The program that is compiled, and what the compiler should say about it, computed directly.
    struct Program {
        /// The number of functions in a file.
        static let functions = 50

        var sources: [Source]

        init(files: Int) {
            sources = (0..<UInt32(files)).map { file in
                let functions = 0..<UInt32(Self.functions)
                return Source(
                    signatures: functions.map { (index: UInt32) -> UInt32 in file &* 7_919 &+ index },
                    bodies: functions.map { (index: UInt32) -> UInt32 in file &* 104_729 &+ index &* 31 }
                )
            }
        }

        /// For each file `parse` and `diagnostics`, for each function `signature`, `resolve` and `typecheck`; `all`.
        var tasks: Int { sources.count * (2 + 3 * Self.functions) + 1 }

        /// A signature has one dependency, a resolution four, a check two; each function, file and source is one more.
        var edges: Int { sources.count * (Self.functions * (1 + 4 + 2) + Self.functions + 1 + 1) }

        /// The other functions whose signatures a function uses: two in its file and one far away.
        static func uses(of function: Function, files: UInt32) -> (Function, Function, Function) {
            let functions = UInt32(functions)
            let far = (function.file &* functions &+ function.index) &* 31 &+ 7
            return (
                Function(file: function.file, index: (function.index + 1) % functions),
                Function(file: function.file, index: (function.index + 17) % functions),
                Function(file: far / functions % files, index: far % functions)
            )
        }

        func resolve(_ function: Function) -> UInt64 {
            func signature(_ used: Function) -> UInt32 { sources[Int(used.file)].signatures[Int(used.index)] }
            let body = sources[Int(function.file)].bodies[Int(function.index)]
            let uses = Self.uses(of: function, files: UInt32(sources.count))
            return Self.resolve(body, signature(uses.0), signature(uses.1), signature(uses.2))
        }

        func diagnostics(_ file: Int) -> UInt64 {
            (0..<Self.functions).reduce(0) { value, index in
                let function = Function(file: UInt32(file), index: UInt32(index))
                let check = Self.check(resolve(function), sources[file].bodies[index])
                return Self.combine(value, check)
            }
        }

        var allDiagnostics: UInt64 { sources.indices.reduce(0) { Self.combine($0, diagnostics($1)) } }

        // What the tasks compute, too.

        static func resolve(_ body: UInt32, _ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
            ((UInt64(body) &* 31 &+ UInt64(first)) &* 31 &+ UInt64(second)) &* 31 &+ UInt64(third)
        }

        static func check(_ resolved: UInt64, _ body: UInt32) -> UInt64 { resolved ^ UInt64(body) &* 0x9E37_79B9 }
        static func combine(_ value: UInt64, _ next: UInt64) -> UInt64 { value &* 1_099_511_628_211 ^ next }
    }
}
