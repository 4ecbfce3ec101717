import PIE

extension FromScratchComparison: CustomStringConvertible {
    /// What differs and how; equal and long parts are left out.
    public var description: String {
        if isSame { return "the incremental build and a run from scratch agree" }
        var lines: [String] = []
        if !isOutputSame {
            lines.append("the output differs (− incremental, + from scratch):")
            lines += outputLines.map { "  " + $0 }
        }
        let limit = 6
        for difference in files.prefix(limit) {
            lines.append("the file \(difference.file.path) differs (− incremental, + from scratch):")
            let change = TextDifference(
                from: Self.lines(of: difference.incremental),
                to: Self.lines(of: difference.fromScratch)
            )
            lines += change.lines.map { "  " + $0 }
        }
        if files.count > limit {
            lines.append(
                "\(files.count - limit) more files differ: \(files.dropFirst(limit).map(\.file.path).joined(separator: ", "))"
            )
        }
        return lines.joined(separator: "\n")
    }

    private var outputLines: [String] {
        if case .success(let one) = incremental, case .success(let other) = fromScratch {
            return TextDifference(from: one.printedLines, to: other.printedLines).lines
        }
        return TextDifference(from: Self.lines(of: incremental), to: Self.lines(of: fromScratch)).lines
    }

    private static func lines(of result: Result<Output, any Error>) -> [String] {
        switch result {
        case .success(let output): output.printedLines
        case .failure(let error): "error: \(error)".textLines
        }
    }

    private static func lines(of bytes: [UInt8]?) -> [String] {
        guard let bytes else { return ["no such file"] }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let start = bytes.prefix(24).map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }
            return [
                "\(bytes.count) bytes that are no text: \(start.joined(separator: " "))\(bytes.count > 24 ? " …" : "")"
            ]
        }
        return text.textLines
    }
}
