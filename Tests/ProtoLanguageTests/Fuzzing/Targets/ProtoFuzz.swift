@testable import PIE
@testable import ProtoLanguage

/// Any bytes, taken for a source, and checked with everything that there is.
enum ProtoFuzz {
    /// The file that is checked; it may import itself, and what comes along with the package.
    private static let file = File("a.proto")

    /// What is wrong; what traps or hangs, it cannot tell.
    struct Finding: Error, CustomStringConvertible {
        var description: String
    }

    /// Parses and checks.
    ///
    /// - Parameters:
    ///   - bytes: The source.
    ///   - folder: A folder without sources.
    /// - Throws: A ``Finding``, or what the check throws.
    static func run(_ bytes: [UInt8], in folder: String) async throws {
        let parse = Parser.parse(bytes)
        if parse.syntax.isIncomplete == parse.diagnostics.isEmpty {
            throw Finding(
                description: "a source with \(parse.diagnostics.count) mistakes is taken for the contrary"
            )
        }
        let pie = try Pie(root: folder)
        pie.setContents(bytes, of: file)
        let source = SourceFile(name: file.path, location: .file(file))
        let check = ProjectCheck(files: [source], roots: ImportRoots(["."]))
        let report = try await pie.session { try await check.run(with: $0) }
        if !parse.diagnostics.isEmpty && report.entries.isEmpty {
            throw Finding(description: "mistakes of the parser are not reported")
        }
    }
}
