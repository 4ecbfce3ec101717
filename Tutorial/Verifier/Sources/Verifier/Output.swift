/// What a command printed, reduced to what a chapter quotes of it.
///
/// Gone are the progress of a build, times, the name of the folder, and of the compiler's messages the pictures of the
/// code: a chapter shows where and what. Messages come in the order of the code, each once, whoever compiled first.
public enum Output {
    /// Reduces output to lines.
    ///
    /// - Parameters:
    ///   - text: What was printed.
    ///   - command: The command that printed it; `swift build`, `swift run` and `swift test` are known.
    ///   - folder: The folder it ran in.
    /// - Returns: The lines.
    public static func normalised(_ text: String, of command: String, in folder: String) -> [String] {
        var lines = text.replacing(folder + "/", with: "").replacing(folder, with: ".")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard command.contains(#/\bswift (build|run|test)\b/#) else { return lines }
        lines = lines.map(withoutTime)
        if lines.contains(where: isDiagnostic) { return diagnostics(in: lines) }
        lines = lines.filter { !isNoise($0, isBuild: command.contains("swift build")) }
        guard command.contains("swift test") else { return lines }
        // Two streams, in no order: first what tests print, then what is said about them.
        return lines.filter { !isAboutTests($0) } + lines.filter(isAboutTests)
    }

    private static func isAboutTests(_ line: String) -> Bool {
        line.contains(#/^[✔✘↳±] /#)
    }

    private static func withoutTime(_ line: String) -> String {
        line.replacing(#/ after [0-9.]+ seconds/#, with: "").replacing(#/ \([0-9.]+s\)$/#, with: "")
    }

    private static func isDiagnostic(_ line: String) -> Bool {
        line.contains(#/^[^ :]+\.swift:[0-9]+:[0-9]+: (error|warning): /#)
    }

    private static func diagnostics(in lines: [String]) -> [String] {
        var seen: Set<String> = []
        var found: [(file: Substring, line: Int, column: Int, text: String)] = []
        for line in lines where isDiagnostic(line) {
            let text = line.replacing(##/ \[#[A-Za-z-]+\]$/##, with: "")
            guard seen.insert(text).inserted else { continue }
            let parts = text.split(separator: ":", maxSplits: 3)
            found.append((parts[0], Int(parts[1]) ?? 0, Int(parts[2]) ?? 0, text))
        }
        return found.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }.map(\.text)
    }

    private static func isNoise(_ line: String, isBuild: Bool) -> Bool {
        if line.hasPrefix("Build complete!") { return !isBuild }
        return line.contains(#/^\[[0-9]+/[0-9]+\] |^Building for |^Planning|^Build of product /#)
            || line.contains(#/^Test Suite |^\t Executed |^◇ |^↳ T|^✔ Test (?!run)|^✔ Suite |^✘ Suite /#)
            || line.contains(#/^error: (fatalError|emit-module command failed)/#)
    }
}
