import Glibc
import PIE
import Synchronization

/// One instruction of a task program.
indirect enum Instr: Codable, Hashable, Sendable {
    case read(Int, Int)
    case dep(Int, Int)
    case input(Int)
    case req(Int)
    case proj(Int, Int)
    case stamp(Int, Int)
    case loose(Int)
    case any(Int)
    case group([Int])
    case anyGroup([Int])
    case pair(Int, Int)
    case asyncLet(Int, Int)
    case asyncRead(Int, Int)
    case tryReq(Int)
    case iff(Int, Int, [Instr], [Instr])
    case write(Int)
    case readGen(Int, Int)
    case list(Int)
    case failIf(Int, Int)
    case prev
    case yield
}

struct Program: Codable, Hashable, Sendable {
    var code: [Instr]
    var modulus: Int
}

struct UserError: Error, Hashable { var id: Int }

/// What one Pie (or one from-scratch run) works on.
final class World: Sendable {
    struct Log {
        var started: [Int: Int] = [:]
        var ended: [Int: Int] = [:]
        var written: Set<Int> = []
        var count = 0
        var trigger: (at: Int, action: @Sendable () -> Void)?
        /// Tasks that failed, or caught a failure.
        var failed: Set<Int> = []
        var copy: Snapshot { Snapshot(started: started, written: written, failed: failed) }
    }
    struct Snapshot: Sendable {
        var started: [Int: Int]
        var written: Set<Int>
        var failed: Set<Int>
    }
    let programs: [Program]
    let root: String
    let log = Mutex<Log>(Log())

    init(programs: [Program], root: String) {
        self.programs = programs
        self.root = root
    }

    func tick() {
        let action = log.withLock { log -> (@Sendable () -> Void)? in
            log.count += 1
            if let trigger = log.trigger, log.count >= trigger.at {
                log.trigger = nil
                return trigger.action
            }
            return nil
        }
        action?()
    }
    func start(_ id: Int) { log.withLock { $0.started[id, default: 0] += 1 } }
    func end(_ id: Int) { log.withLock { $0.ended[id, default: 0] += 1 } }

    static let all = Mutex<[World?]>([])
    static func add(_ world: World) -> Int {
        all.withLock { all in
            if let free = all.firstIndex(where: { $0 == nil }) {
                all[free] = world
                return free
            }
            all.append(world)
            return all.count - 1
        }
    }
    static func remove(_ index: Int) { all.withLock { $0[index] = nil } }
    static func at(_ index: Int) -> World { all.withLock { $0[index]! } }
}

struct Mod: Projection {
    var m: Int
    func project(_ output: Int) -> Int { output % m }
}
struct ModStamper: OutputStamper {
    var m: Int
    func stamp(_ output: Int) -> Int { output % m }
}

/// Even ids.
struct Op: IncrementalTask {
    static var typeIdentifier: String { "Op" }
    var w: Int
    var id: Int
    func execute(in context: some Context) async throws -> Int { try await interpret(w, id, context) }
}

/// Odd ids.
struct Odd: IncrementalTask {
    static var typeIdentifier: String { "Odd" }
    var w: Int
    var id: Int
    func execute(in context: some Context) async throws -> Int { try await interpret(w, id, context) }
}

func boxed(_ w: Int, _ id: Int) -> AnyTask { id % 2 == 0 ? AnyTask(Op(w: w, id: id)) : AnyTask(Odd(w: w, id: id)) }
func taskID(_ task: AnyTask) -> Int { task.as(Op.self)?.id ?? task.as(Odd.self)?.id ?? -1 }

func srcName(_ f: Int) -> String { f % 3 == 0 ? "src/s\(f)" : "src/sub/s\(f)" }
func genName(_ g: Int) -> String { "gen/g\(g)" }
func input(_ i: Int) -> Input<Int> { Input<Int>("in\(i)", default: 0) }
let stampers: [FileStamper] = [.content, .modified, .exists]

func number(_ bytes: [UInt8]?) -> Int {
    guard let bytes else { return -1 }
    return Int(String(decoding: bytes, as: UTF8.self)) ?? -2
}

private func interpret(_ w: Int, _ id: Int, _ context: some Context) async throws -> Int {
    let world = World.at(w)
    let program = world.programs[id]
    world.start(id)
    var state = Machine(w: w, id: id, world: world)
    do {
        try await state.run(program.code, context)
    } catch {
        if !(error is CancellationError) {
            world.log.withLock { _ = $0.failed.insert(id) }
            world.end(id)
        }
        throw error
    }
    world.end(id)
    return state.acc % program.modulus
}

private struct Machine {
    let w: Int
    let id: Int
    let world: World
    var acc = 7
    var last = 0

    mutating func take(_ value: Int) {
        last = value
        acc = (acc &* 31 &+ value &+ 3) & 0x7fff_ffff
    }

    private func req(_ t: Int, _ c: some Context) async throws -> Int {
        t % 2 == 0 ? try await c.require(Op(w: w, id: t)) : try await c.require(Odd(w: w, id: t))
    }

    private static func req(_ w: Int, _ t: Int, _ c: some Context) async throws -> Int {
        t % 2 == 0 ? try await c.require(Op(w: w, id: t)) : try await c.require(Odd(w: w, id: t))
    }

    mutating func run(_ code: [Instr], _ c: some Context) async throws {
        for instr in code {
            world.tick()
            switch instr {
            case .read(let f, let s):
                let bytes = try await c.read(File(srcName(f)), stamper: stampers[s])
                take(s == 2 ? (bytes == nil ? 0 : 1) : number(bytes))
            case .dep(let f, let s):
                try await c.depend(on: File(srcName(f)), stamper: stampers[s])
                let bytes = readFile(world.root + "/" + srcName(f))
                take(s == 2 ? (bytes == nil ? 0 : 1) : number(bytes))
            case .input(let i):
                take(try await c.read(input(i)))
            case .req(let t):
                take(try await req(t, c))
            case .proj(let t, let m):
                take(
                    t % 2 == 0
                        ? try await c.require(Op(w: w, id: t), projecting: Mod(m: m))
                        : try await c.require(Odd(w: w, id: t), projecting: Mod(m: m)))
            case .stamp(let t, let m):
                take(
                    (t % 2 == 0
                        ? try await c.require(Op(w: w, id: t), stamper: ModStamper(m: m))
                        : try await c.require(Odd(w: w, id: t), stamper: ModStamper(m: m))) % m)
            case .loose(let t):
                if t % 2 == 0 {
                    try await c.require(Op(w: w, id: t), stamper: .inconsequential())
                } else {
                    try await c.require(Odd(w: w, id: t), stamper: .inconsequential())
                }
            case .any(let t):
                take((try await c.require(boxed(w, t))) as! Int)
            case .group(let ts):
                let ops = ts.filter { $0 % 2 == 0 }.map { Op(w: w, id: $0) }
                for value in try await c.require(all: ops) { take(value) }
            case .anyGroup(let ts):
                for value in try await c.require(all: ts.map { boxed(w, $0) }) { take(value as! Int) }
            case .pair(let a, let b):
                let (x, y) = try await c.require(Op(w: w, id: a & ~1), Odd(w: w, id: b | 1))
                take(x)
                take(y)
            case .asyncLet(let a, let b):
                let w = w
                async let x = Machine.req(w, a, c)
                async let y = Machine.req(w, b, c)
                let (p, q) = (try await x, try await y)
                take(p)
                take(q)
            case .asyncRead(let a, let f):
                let w = w
                async let x = Machine.req(w, a, c)
                let bytes = try await c.read(File(srcName(f)))
                take(number(bytes))
                take(try await x)
            case .tryReq(let t):
                do {
                    take(try await req(t, c))
                } catch let error as UserError {
                    take(100 + error.id)
                    let id = id
                    world.log.withLock { _ = $0.failed.insert(id) }
                }
            case .iff(let k, let m, let yes, let no):
                try await run(((last % k) + k) % k == m ? yes : no, c)
            case .write(let g):
                try await c.write("\(acc % 4)", to: File(genName(g)))
                world.log.withLock { _ = $0.written.insert(g) }
            case .readGen(let g, let s):
                let bytes = try await c.read(File(genName(g)), stamper: stampers[s])
                take(s == 2 ? (bytes == nil ? 0 : 1) : number(bytes))
            case .list(let kind):
                let names: [String]
                switch kind {
                case 0: names = try await c.read(DirectoryListing("src")) ?? []
                case 1: names = try await c.read(DirectoryListing("src", matching: "s*[02468]", recursive: true)) ?? []
                default: names = try await c.read(DirectoryListing("src", recursive: true)) ?? []
                }
                for name in names { take(name.utf8.reduce(0) { ($0 &* 17 &+ Int($1)) & 0xffff }) }
            case .failIf(let k, let m):
                if ((last % k) + k) % k == m { throw UserError(id: id) }
            case .prev:
                _ = await c.previousOutput(of: Op(w: w, id: id & ~1))
            case .yield:
                await Task.yield()
            }
        }
    }
}

// MARK: - Files

func readFile(_ path: String) -> [UInt8]? {
    let fd = open(path, O_RDONLY)
    if fd < 0 { return nil }
    defer { close(fd) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let n = Glibc.read(fd, &buffer, 64)
    return Array(buffer[..<max(0, n)])
}

func writeFile(_ path: String, _ text: String) {
    let fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    precondition(fd >= 0, path)
    let bytes = Array(text.utf8)
    _ = Glibc.write(fd, bytes, bytes.count)
    close(fd)
}
