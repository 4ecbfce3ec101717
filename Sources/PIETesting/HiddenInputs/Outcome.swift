import PIE

/// What comes of an execution: the output or the error, and the files that the task writes or has written.
struct Outcome: Sendable {
    var result: Result<any Equatable & Codable & Sendable, any Error>?

    /// The contents of the files; nil where there is none after all.
    var files: [File: [UInt8]?] = [:]

    /// What the task asked for that it had not asked for the first time.
    var stray: String?

    /// How another outcome differs: nil if it does not.
    func difference(to other: Outcome) -> [String]? {
        if let stray = other.stray { return ["+ asks for \(stray)"] }
        switch (result, other.result) {
        case (.success(let one), .success(let two)):
            if !Self.areEqual(one, two) { return TextDifference(from: Self.lines(one), to: Self.lines(two)).lines }
        case (.failure(let one), .failure(let two)):
            if "\(one)" != "\(two)" { return ["− error: \(one)", "+ error: \(two)"] }
        case (.success(let one), .failure(let two)):
            return ["− \(one)", "+ error: \(two)"]
        case (.failure(let one), .success(let two)):
            return ["− error: \(one)", "+ \(two)"]
        default:
            return nil
        }
        let names = Set(files.keys).union(other.files.keys).sorted { $0.path < $1.path }
        for file in names where files[file] != other.files[file] {
            return ["in the file \(file.path):"]
                + TextDifference(from: Self.lines(of: files[file]), to: Self.lines(of: other.files[file])).lines
        }
        return nil
    }

    private static func areEqual<Value: Equatable>(_ one: Value, _ other: any Equatable) -> Bool {
        (other as? Value) == one
    }

    private static func lines(_ value: any Equatable) -> [String] {
        func lines<Value: Equatable>(_ value: Value) -> [String] { value.printedLines }
        return lines(value)
    }

    private static func lines(of bytes: [UInt8]??) -> [String] {
        guard let bytes else { return ["not written"] }
        guard let bytes else { return ["no such file"] }
        return String(validating: bytes, as: UTF8.self)?.textLines ?? ["\(bytes.count) bytes that are no text"]
    }
}
