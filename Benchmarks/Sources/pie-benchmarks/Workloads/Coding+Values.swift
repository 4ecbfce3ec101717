extension Coding {
    /// A task as users write them: a few names, numbers and choices.
    struct CompileFile: Hashable, Codable, Sendable {
        enum Optimisation: Hashable, Codable, Sendable {
            case none
            case speed
            case size(level: Int)
        }

        struct Target: Hashable, Codable, Sendable {
            var architecture: String
            var version: Int
            var isTesting: Bool
        }

        var file: String
        var module: String
        var optimisation: Optimisation
        var target: Target
        var imports: [String]
        var jobs: Int?
        var note: String?

        init(_ index: Int) {
            file = "Sources/Module\(index % 50)/File\(index).swift"
            module = "Module\(index % 50)"
            optimisation = index % 3 == 0 ? .none : index % 3 == 1 ? .speed : .size(level: index % 4)
            target = Target(architecture: "x86_64", version: 15, isTesting: index % 2 == 0)
            imports = ["Foundation", "Module\(index % 7)"]
            jobs = index % 5 == 0 ? index : nil
        }
    }

    /// A small task: one number and a choice.
    struct CheckLine: Hashable, Codable, Sendable {
        var line: Int
        var isStrict: Bool

        init(_ index: Int) {
            line = index
            isStrict = index % 2 == 0
        }
    }

    /// An output as compilers have them: a list of structures.
    struct Diagnostics: Hashable, Codable, Sendable {
        enum Severity: String, Codable, Sendable {
            case error
            case warning
        }

        enum Subject: Hashable, Codable, Sendable {
            case symbol(name: String)
            case place
            case range(from: Int, to: Int)
        }

        struct Diagnostic: Hashable, Codable, Sendable {
            var severity: Severity
            var line: Int
            var column: Int
            var message: String
            var subject: Subject
            var hint: String?
        }

        var list: [Diagnostic]

        init(_ index: Int) {
            list = (0..<20).map { number in
                Diagnostic(
                    severity: number % 3 == 0 ? .error : .warning,
                    line: index + number * 10,
                    column: number,
                    message: "unknown type 'T\(number)'",
                    subject: number % 3 == 0
                        ? .place
                        : number % 3 == 1
                            ? .symbol(name: "T\(number)")
                            : .range(from: number, to: number + index),
                    hint: number % 4 == 0 ? "did you mean 'T\(number + 1)'?" : nil
                )
            }
        }
    }

    /// An output with numbers and things that have no order.
    struct Summary: Hashable, Codable, Sendable {
        var names: Set<String>
        var counts: [String: Int]
        var offsets: [Int]
        var weights: [Double]

        init(_ index: Int) {
            names = Set((0..<10).map { "name\($0 + index)" })
            counts = Dictionary(uniqueKeysWithValues: (0..<10).map { ("name\($0 + index)", $0 * 100) })
            offsets = (0..<30).map { $0 * index }
            weights = (0..<10).map { Double($0) / 3 }
        }
    }
}
