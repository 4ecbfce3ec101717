// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import PIETesting
import Testing

/// The three contexts give the same outputs and files for any history of edits (R9).
@Suite(.timeLimit(.minutes(10))) struct AgreementTests {
    private static let scriptCount = 8
    private static let sourceCount = 4

    @Test(arguments: [1, 4], 1...6) func R9_allContextsAgreeAfterEveryEdit(jobs: Int, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var files: [File: String] = [:]
        for index in 0..<Self.scriptCount { files[File("s\(index)")] = Self.script(index, &random) }
        for index in 0..<Self.sourceCount { files[File("f\(index)")] = "\(index)" }
        let topDown = try World(jobs: jobs, files)
        let bottomUp = try World(jobs: jobs, files)
        let roots = [Script("s0"), Script("s1")]
        try await topDown.require(all: roots)
        try await bottomUp.require(all: roots)

        for step in 1...30 {
            var changed: [File] = []
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let isScript = Bool.random(using: &random)
                let index = Int.random(in: 0..<(isScript ? Self.scriptCount : Self.sourceCount), using: &random)
                let file = File(isScript ? "s\(index)" : "f\(index)")
                let text = isScript ? Self.script(index, &random) : "\(Int.random(in: 0..<3, using: &random))"
                try topDown.write(text, to: file)
                try bottomUp.write(text, to: file)
                changed.append(file)
            }
            let expected = try await [topDown.fresh(roots[0]), topDown.fresh(roots[1])]
            let note = Comment(rawValue: "seed \(seed), step \(step)")

            #expect(try await topDown.require(all: roots) == expected, note)
            #expect(Set(topDown.executed).count == topDown.executed.count, note)
            try await topDown.require(all: roots)
            #expect(topDown.runs == [], note)

            _ = try await bottomUp.session { [changed] in try await $0.update(.files(changed)) }
            #expect(roots.map { bottomUp.pie.lastOutput(of: $0) } == expected, note)
            #expect(Set(bottomUp.executed).count == bottomUp.executed.count, note)
            _ = try await bottomUp.session { [changed] in try await $0.update(.files(changed)) }
            #expect(bottomUp.runs == [], note)
            #expect(try await bottomUp.require(all: roots) == expected, note)
            #expect(bottomUp.runs == [], note)
        }
    }

    /// A script that requires scripts of higher numbers, reads files, and may write a file of its own.
    private static func script(_ index: Int, _ random: inout SeededGenerator) -> String {
        var lines = ["say \(index)"]
        if Bool.random(using: &random) { lines.append("write out/s\(index) \(Int.random(in: 0..<3, using: &random))") }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let higher = index + 1 < scriptCount ? Int.random(in: index + 1..<scriptCount, using: &random) : nil
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                if let higher { lines.append("run s\(higher)") }
            case 2:
                if let higher {
                    lines.append("all s\(higher) s\(Int.random(in: higher..<scriptCount, using: &random))")
                }
            case 3:
                if let higher { lines.append("run s\(higher)\nread out/s\(higher)") }
            case 4:
                lines.append("read f\(Int.random(in: 0..<sourceCount, using: &random))")
            default:
                lines.append("read f\(Int.random(in: 0..<sourceCount, using: &random))")
            }
        }
        return lines.joined(separator: "\n")
    }
}
