import Foundation
import Testing

@testable import PIE

/// A project, its store, and processes that build it.
struct StoreChild {
    let folder: TemporaryFolder
    var store: String { folder.root + ".store" }

    init(folders: Int, files: Int) throws {
        folder = try TemporaryFolder()
        for number in 0..<folders * files { try edit(number / files, number % files, to: "text \(number)") }
    }

    func edit(_ folder: Int, _ file: Int, to text: String) throws {
        try self.folder.write(text, to: Self.file(folder, file))
    }

    static func file(_ folder: Int, _ file: Int) -> File { File("in/\(folder)/\(file)") }

    /// How many bytes the journals have now.
    var journalSize: Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: store)) ?? []
        return names.filter { $0.hasPrefix("journal-") }.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: store + "/" + name)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// What a process has printed, and how it ended.
    struct Result {
        /// Whether a task began to execute.
        var hasBegun: Bool
        var executed: Int?
        var output: String?
        var notices: String
        var status: Int32
    }

    /// Starts a process.
    func start(_ action: [String], root: String? = nil, store: String? = nil, jobs: Int = 2) throws -> Process {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = [root ?? folder.root, store ?? self.store, "\(jobs)"] + action
        process.standardOutput = Pipe()
        process.standardError = Pipe()
        try process.run()
        return process
    }

    /// Waits until a process ends.
    func result(of process: Process) throws -> Result {
        let output = (process.standardOutput as? Pipe)?.fileHandleForReading.readDataToEndOfFile() ?? Data()
        let errors = (process.standardError as? Pipe)?.fileHandleForReading.readDataToEndOfFile() ?? Data()
        process.waitUntilExit()
        var lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let hasBegun = lines.first == "begun"
        if hasBegun { lines.removeFirst() }
        return Result(
            hasBegun: hasBegun,
            executed: lines.first.flatMap { Int($0) },
            output: lines.count > 1 ? String(lines[1]) : nil,
            notices: String(decoding: errors, as: UTF8.self),
            status: process.terminationStatus
        )
    }

    @discardableResult
    func run(_ action: String, _ files: [File] = [], jobs: Int = 2) throws -> Result {
        try result(of: start([action] + files.map(\.path), jobs: jobs))
    }

    /// What the root is from scratch.
    func fresh() throws -> String? { try run("scratch").output }

    /// Beside the tests, where the build puts it.
    private static let executable: URL = {
        var url = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        for _ in 0..<6 {
            url.deleteLastPathComponent()
            let candidate = url.appendingPathComponent("StoreChild")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        return url
    }()
}
