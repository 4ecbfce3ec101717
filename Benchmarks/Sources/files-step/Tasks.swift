import PIE
import SourceFiles
import Synchronization

/// How many tasks have executed in this process.
let executions = Atomic<Int>(0)

/// The hash of a file in upper case.
struct ReadSource: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> UInt64 {
        executions.add(1, ordering: .relaxed)
        return SourceFiles.hash(try await context.read(file) ?? [])
    }
}

/// The hashes of the files of one folder, folded.
struct ReadFolder: IncrementalTask {
    var folder: Int
    var count: Int

    func execute(in context: some Context) async throws -> UInt64 {
        executions.add(1, ordering: .relaxed)
        let files = SourceFiles.files(inFolder: folder, of: count)
        return SourceFiles.fold(try await context.require(all: files.map { ReadSource($0) }))
    }
}

/// The results of all folders, folded.
struct ReadFolders: IncrementalTask {
    var count: Int

    func execute(in context: some Context) async throws -> UInt64 {
        executions.add(1, ordering: .relaxed)
        let folders = (0..<SourceFiles.folders(count)).map { ReadFolder(folder: $0, count: count) }
        return SourceFiles.fold(try await context.require(all: folders))
    }
}

/// The hashes of all files, folded.
struct ReadFiles: IncrementalTask {
    var count: Int

    func execute(in context: some Context) async throws -> UInt64 {
        executions.add(1, ordering: .relaxed)
        return SourceFiles.fold(try await context.require(all: (0..<count).map { ReadSource($0) }))
    }
}

extension ReadSource {
    /// The task of a file, by its number.
    init(_ file: Int) {
        self.init(file: File(SourceFiles.path(file)))
    }
}
