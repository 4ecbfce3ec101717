import Foundation

@testable import PIE

/// Any bytes, taken for the files of a store.
///
/// The first byte says which checksums are made right, the next three how long the snapshot is; what follows it is the
/// journal. Without right checksums nearly everything would be refused at the door.
enum StoreFuzz {
    private static let headSize = 4

    /// Puts the files into a folder, looks into them, and builds with them.
    ///
    /// Whatever the files contain, nothing traps; what the build gives is not judged, for who computes checksums can make
    /// a store say anything.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - folder: A folder to work in; everything in it is removed.
    /// - Throws: A ``FuzzFinding``, or what the file system refuses.
    static func run(_ bytes: [UInt8], in folder: String) async throws {
        guard bytes.count >= headSize else { return }
        let length = Int(bytes[1]) | Int(bytes[2]) << 8 | Int(bytes[3]) << 16
        let rest = bytes.dropFirst(headSize)
        var snapshot = Array(rest.prefix(length))
        var journal = Array(rest.dropFirst(length))
        if bytes[0] & 1 != 0 { ForgedStore.seal(snapshot: &snapshot) }
        if bytes[0] & 2 != 0 { ForgedStore.seal(journal: &journal, of: snapshot) }

        try? FileManager.default.removeItem(atPath: folder)
        let store = folder + "/store"
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
        try write([1], to: folder + "/a")
        let generation = ForgedStore.generation(of: snapshot)
        if !snapshot.isEmpty { try write(snapshot, to: "\(store)/snapshot-\(generation)") }
        if !journal.isEmpty { try write(journal, to: "\(store)/journal-\(generation)") }

        if let files = try StoreFiles(at: store), let contents = try? StoreContents(of: files, tasks: [Node.self]) {
            _ = (contents.graph(), contents.taskTypes, contents.resourceTypes, contents.executions().count)
        }
        try await build(in: folder, told: bytes[0] & 4 != 0)
        // What the first process has left is a store, or it would go on like that.
        try await build(in: folder, told: false)
    }

    private static func build(in folder: String, told: Bool) async throws {
        guard let pie = try? open(folder) else { return }
        try write([2], to: folder + "/a")
        // A forged record may be anything, also one that makes the build fail.
        try? await pie.session { session in
            if told { _ = try await session.update(.files(["a"])) }
            _ = try await session.require(Node(number: 4))
        }
        try? await pie.session { _ = try await $0.update(.detect) }
        _ = pie.graph()
        _ = try? await pie.collectGarbage(deletingProvidedFiles: false)
        try? await pie.close()
    }

    private static func open(_ folder: String) throws -> Pie {
        var options = PieOptions()
        options.jobs = 1
        let pie = try Pie(
            store: .directory(folder + "/store"),
            root: folder,
            tasks: [Node.self],
            projections: [LowestBit.self],
            options: options
        )
        pie.engine.store?.closingSize = 0
        return pie
    }

    /// Stores that are as they should be.
    ///
    /// - Parameter folder: A folder to work in.
    /// - Returns: Their bytes, with each choice of checksums.
    /// - Throws: What a build throws.
    static func corpus(in folder: String) async throws -> [[UInt8]] {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var stores: [(snapshot: [UInt8], journal: [UInt8])] = []
        for folds in [false, true] {
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for round in 0..<3 {
                try write([UInt8(round)], to: folder + "/a")
                let pie = try open(folder)
                pie.engine.store?.closingSize = folds && round == 1 ? 0 : .max
                try await pie.session { _ = try await $0.require(Node(number: 4)) }
                if round == 2 { try await pie.session { _ = try await $0.update(.files(["a"])) } }
                try await pie.close()
                let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/store")
                let files = try ["snapshot", "journal"].map { prefix in
                    try names.first { $0.hasPrefix(prefix) }.map { try read(folder + "/store/" + $0) } ?? []
                }
                stores.append((files[0], files[1]))
            }
        }
        return stores.flatMap { store in
            (0..<8 as Range<UInt8>).map { choice in
                let count = store.snapshot.count
                let head: [UInt8] = [choice, UInt8(count & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count >> 16 & 0xFF)]
                return head + store.snapshot + store.journal
            }
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    private static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// A task that uses a little of everything.
    struct Node: IncrementalTask {
        static var typeIdentifier: String { "Node" }

        var number: Int

        func execute(in context: some Context) async throws -> [Int] {
            if number == 0 {
                return try await context.read("a")?.map(Int.init) ?? []
            }
            if number == 1 {
                try await context.write("generated", to: "b")
                return try await context.read(DirectoryListing("."))?.map(\.utf8.count) ?? []
            }
            let below = Node(number: number - 1)
            let part = try await context.require(below, projecting: LowestBit())
            let all = try await context.require(all: [Node(number: 0), Node(number: 1)])
            let text = try await context.readText("b", stamper: .modified) ?? ""
            return all.flatMap { $0 } + [part, text.utf8.count, number]
        }
    }

    /// Whether the sum of an output is odd.
    struct LowestBit: Projection {
        func project(_ output: [Int]) -> Int { output.reduce(0, ^) & 1 }
    }
}
