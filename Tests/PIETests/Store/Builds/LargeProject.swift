import Foundation

@testable import PIE

/// A project of some thousand tasks with its store: a snapshot, and a journal of the sessions since.
struct LargeProject {
    static let width = 750
    static let height = 8
    static let sources = 150

    let folder: TemporaryFolder
    let store: StoreBytes

    /// The store at an earlier time.
    let earlier: StoreBytes

    /// All tasks but the one above them.
    static let cells = (0..<height).flatMap { row in (0..<width).map { Cell(row: row, column: $0) } }

    init() async throws {
        folder = try TemporaryFolder()
        for number in 0..<Self.sources { try folder.write("text \(number)", to: Self.source(number)) }
        let path = folder.root + ".store"
        var pie = try Self.open(path, folder)
        pie.engine.store?.closingSize = 0
        try await pie.session { _ = try await $0.require(AllCells()) }
        try await pie.close()
        earlier = try await Self.edit(path, folder, "first")
        pie = try Self.open(path, folder)
        pie.engine.store?.closingSize = 0
        try await pie.close()
        store = try await Self.edit(path, folder, "second")
    }

    static func source(_ number: Int) -> File { File("in/\(number)") }

    static func open(_ store: String, _ folder: TemporaryFolder, _ log: EventLog? = nil) throws -> Pie {
        var options = PieOptions()
        options.jobs = 1
        return try Pie(
            store: .directory(store, .waiting(atMost: .seconds(10))),
            root: folder.root,
            tasks: [Cell.self, AllCells.self],
            projections: [Length.self],
            options: options,
            trackers: log.map { [$0] } ?? []
        )
    }

    /// A few sessions that leave a journal beside the snapshot.
    private static func edit(_ path: String, _ folder: TemporaryFolder, _ text: String) async throws -> StoreBytes {
        let pie = try open(path, folder)
        pie.engine.store?.closingSize = .max
        for number in 0..<3 {
            let edited = (0..<4).map { source(number * 4 + $0) }
            for file in edited { try folder.write("\(text) \(number)", to: file) }
            _ = try await pie.session { try await $0.update(.files(edited)) }
        }
        try await pie.close()
        return try StoreBytes(of: path)
    }
}

/// A task that requires a few others below it; those in the lowest row read a file.
struct Cell: IncrementalTask {
    static let typeIdentifier = "Cell"

    let row: Int
    let column: Int

    func execute(in context: some Context) async throws -> String {
        if row == 0 {
            let text = try await context.readText(LargeProject.source(column % LargeProject.sources)) ?? "none"
            return "\(column): \(text)"
        }
        let own = try await context.require(Cell(row: row - 1, column: column))
        var sum = own.utf8.reduce(row) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
        let width = LargeProject.width
        // What else is required depends on what was found.
        let others = [(column * 7 + row) % width, (column + sum % 3) % width]
        for other in others where other != column {
            let found = try await context.require(Cell(row: row - 1, column: other), projecting: Length())
            sum = (sum &* 31 &+ found) & 0xFFFF_FFFF
        }
        if row == 2 && column % 25 == 0 { try await context.write("\(sum)", to: File("out/\(column)")) }
        if row == 3 && column % 25 == 0 {
            sum += (try await context.readText(File("out/\(column)")) ?? "").utf8.count
        }
        return "\(row) \(column) \(sum)"
    }
}

/// The number of characters, so that many changes go no further.
struct Length: Projection {
    func project(_ output: String) -> Int { output.utf8.count }
}

/// Requires the uppermost row.
struct AllCells: IncrementalTask {
    static let typeIdentifier = "AllCells"

    func execute(in context: some Context) async throws -> Int {
        let row = (0..<LargeProject.width).map { Cell(row: LargeProject.height - 1, column: $0) }
        return try await context.require(all: row).joined().utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
    }
}
