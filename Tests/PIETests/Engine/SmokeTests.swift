import PIE
import Testing

struct ReadNumber: IncrementalTask {
    var file: File
    func execute(in context: some Context) async throws -> Int {
        Int(try await context.readText(file) ?? "") ?? 0
    }
}

struct Sum: IncrementalTask {
    var files: [File]
    func execute(in context: some Context) async throws -> Int {
        try await context.require(all: files.map { ReadNumber(file: $0) }).reduce(0, +)
    }
}

struct Link: IncrementalTask {
    var index: Int
    func execute(in context: some Context) async throws -> Int {
        if index == 0 { return try await context.read(Input<Int>("start")) / 10 }
        return try await context.require(Link(index: index - 1)) &* 31 &+ index
    }
}

@Suite struct SmokeTests {
    @Test func chain() async throws {
        for jobs in [1, 4] {
            var options = PieOptions()
            options.jobs = jobs
            let pie = try Pie(options: options)
            pie.set(Input<Int>("start"), to: 5)
            let n = 1000
            let first = try await pie.session { try await $0.require(Link(index: n)) }
            let again = try await pie.session { try await $0.require(Link(index: n)) }
            #expect(first == again)
            pie.set(Input<Int>("start"), to: 100)
            let expected = try await NonIncrementalContext(of: pie).require(Link(index: n))
            let full = try await pie.session { try await $0.require(Link(index: n)) }
            #expect(full == expected)
            #expect(full != first)
            pie.set(Input<Int>("start"), to: 5)
            let report = try await pie.session { try await $0.update(.files([])) }
            #expect(report.executed == n + 1)
            #expect(pie.lastOutput(of: Link(index: n)) == first)
        }
    }

    @Test func files() async throws {
        do {
            let folder = try TemporaryFolder()
            for jobs in [1, 4] {
                var options = PieOptions()
                options.jobs = jobs
                let files = (0..<100).map { File("f\($0)-\(jobs)") }
                let pie = try Pie(root: folder.root, options: options)
                for (i, f) in files.enumerated() { try folder.write("\(i)", to: f) }
                let sum = try await pie.session { try await $0.require(Sum(files: files)) }
                #expect(sum == 4950)
                try folder.write("1000", to: files[3])
                let report = try await pie.session { try await $0.update(.files([files[3]])) }
                #expect(report.executed == 2)
                #expect(pie.lastOutput(of: Sum(files: files)) == 4950 + 997)
                try folder.write("3", to: files[3])
                let report2 = try await pie.session { try await $0.update(.detect) }
                #expect(report2.executed == 2)
                let again = try await pie.session { try await $0.require(Sum(files: files)) }
                #expect(again == 4950)
            }
        }
    }
}
