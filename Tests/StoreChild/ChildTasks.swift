import PIE

/// A file in upper case, written into another one.
struct Line: IncrementalTask {
    static var typeIdentifier: String { "Line" }
    let file: File

    func execute(in context: some Context) async throws -> String {
        let text = (try await context.readText(file) ?? "nothing").uppercased()
        // Long enough to be killed in.
        try await Task.sleep(for: .microseconds(200))
        try await context.write(text, to: File("made/" + file.path))
        return text
    }
}

/// The lines of the files in a folder, read from what was made of them.
struct Folder: IncrementalTask {
    static var typeIdentifier: String { "Folder" }
    let path: String

    func execute(in context: some Context) async throws -> [String] {
        let names = try await context.read(DirectoryListing(path)) ?? []
        _ = try await context.require(all: names.map { Line(file: File(path + "/" + $0)) })
        var lines: [String] = []
        for name in names { lines.append(try await context.readText(File("made/" + path + "/" + name)) ?? "none") }
        return lines
    }
}

/// All folders.
struct Project: IncrementalTask {
    static var typeIdentifier: String { "Project" }

    func execute(in context: some Context) async throws -> String {
        let folders = try await context.read(DirectoryListing("in")) ?? []
        let all = try await context.require(all: folders.map { Folder(path: "in/" + $0) })
        return all.map { $0.joined(separator: "|") }.joined(separator: "; ")
    }
}
