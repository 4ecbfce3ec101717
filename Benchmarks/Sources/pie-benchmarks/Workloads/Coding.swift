import Foundation
@_spi(ValueCoding) import PIE

/// Values as bytes and back, beside Foundation's JSON: many values of one type, one after the other.
enum Coding: Workload {
    static let name = "coding"
    static let summary = "values encoded and decoded one by one, beside Foundation's JSON"

    static func sizes(_ extent: Extent) -> [Int] { [extent == .quick ? 2_000 : 10_000] }

    static func jobs(_ extent: Extent, cores: Int) -> [Int] { [1] }

    static func run(_ bench: Bench) async throws {
        try measure("task", CompileFile.init, bench)
        try measure("small task", CheckLine.init, bench)
        try measure("diagnostics", Diagnostics.init, bench)
        try measure("sets and numbers", Summary.init, bench)
    }

    private static func measure<Value: Codable & Hashable>(
        _ name: String,
        _ make: (Int) -> Value,
        _ bench: Bench
    ) throws {
        let values = (0..<bench.size).map(make)
        let encoder = ValueEncoder()
        let decoder = ValueDecoder()
        let ours = try values.map { try encoder.encode($0) }
        bench.report("\(name), bytes", bytes: ours.reduce(0) { $0 + $1.count }, per: .values(bench.size))
        bench.report(
            "\(name), bytes without names",
            bytes: ours.reduce(0) { $0 + (EncodedValue($1)?.value.count ?? 0) },
            per: .values(bench.size)
        )
        // Sorted, as the encoder has to do too if equal values are to have equal bytes.
        let json = JSONEncoder()
        json.outputFormatting = .sortedKeys
        let unsorted = JSONEncoder()
        let jsonDecoder = JSONDecoder()
        let theirs = try values.map { try json.encode($0) }
        bench.report("\(name), bytes of JSON", bytes: theirs.reduce(0) { $0 + $1.count }, per: .values(bench.size))

        try time("\(name), encode", bench) { for value in values { _ = try encoder.encode(value) } }
        try time("\(name), encode as JSON", bench) { for value in values { _ = try unsorted.encode(value) } }
        try time("\(name), encode as JSON, sorted", bench) { for value in values { _ = try json.encode(value) } }
        var decoded: [Value] = []
        try time("\(name), decode", bench) {
            decoded.removeAll(keepingCapacity: true)
            for bytes in ours { decoded.append(try decoder.decode(Value.self, from: bytes)) }
        }
        try bench.check(decoded == values, "\(name): another value came back")
        try time("\(name), decode from JSON", bench) {
            decoded.removeAll(keepingCapacity: true)
            for data in theirs { decoded.append(try jsonDecoder.decode(Value.self, from: data)) }
        }
        try bench.check(decoded == values, "\(name): another value came back from JSON")
    }

    private static func time(_ phase: String, _ bench: Bench, _ once: () throws -> Void) throws {
        try once()
        var times: [Duration] = []
        for _ in 0..<bench.runs {
            let start = Stopwatch.now
            try once()
            times.append(Stopwatch.now - start)
        }
        bench.report(phase, times: times, per: .values(bench.size))
    }
}
