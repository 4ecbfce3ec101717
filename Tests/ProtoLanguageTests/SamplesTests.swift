import PIE
import ProtoLanguage
import Testing

@Suite struct SamplesTests {
    private static func check(_ files: [SampleFile], in folder: String) async throws -> ProjectReport {
        let sources = files.map { Workspace.source($0.name) }
        let check = ProjectCheck(files: sources, roots: ImportRoots(["."]))
        return try await Pie(root: folder).session { try await check.run(with: $0) }
    }

    @Test func theValidSamplesHaveNoMistakes() async throws {
        let files = try SampleFile.valid()
        #expect(files.count >= 20)
        let report = try await Self.check(files, in: #require(Samples.validFolder))
        #expect(report.entries.map { $0.text() } == [])
        #expect(report.files.count == files.count)
    }

    /// Each mistake is announced in a comment: `// error: …` on the lines above it, or `// error at 3:4: …`.
    @Test func theMistakesAreTheAnnouncedOnes() async throws {
        let files = try SampleFile.mistakes()
        let report = try await Self.check(files, in: #require(Samples.mistakesFolder))
        for file in files {
            let expected = Self.announced(in: file)
            let found = report.entries.filter { $0.file == file.name }.map { "\($0.position.line) \($0.message)" }
            #expect(Set(found) == Set(expected), "\(file.name)")
            #expect(found.count == expected.count, "\(file.name)")
        }
    }

    private static func announced(in file: SampleFile) -> [String] {
        var result: [String] = []
        var messages: [String] = []
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = line.drop { $0 == " " }
            if text.hasPrefix("// error: ") {
                messages.append(String(text.dropFirst(10)).replacing("ROOT", with: "."))
            } else if text.hasPrefix("// error at ") {
                let rest = text.dropFirst(12)
                let line = rest.prefix { $0 != ":" }
                let message = rest.drop { $0 != " " }.dropFirst()
                result.append("\(line) \(message)")
            } else {
                result += messages.map { "\(index + 1) \($0)" }
                messages = []
            }
        }
        return result
    }
}
