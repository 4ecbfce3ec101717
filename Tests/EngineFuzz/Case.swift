/// SplitMix64.
struct Random: RandomNumberGenerator {
    var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ n: Int) -> Int { n <= 0 ? 0 : Int(next() >> 11) % n }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<T>(_ a: [T]) -> T { a[below(a.count)] }
}

enum Edit: Codable, Hashable, Sendable {
    case set(Int, Int)
    case touch(Int)
    case rewrite(Int)
    case delete(Int)
    case input(Int, Int)
    case setGen(Int, Int)
    case deleteGen(Int)
}

enum Action: Codable, Hashable, Sendable {
    case session([Int])
    case concurrent([Int])
    case all([Int])
    case update(detect: Bool, again: Bool)
    case cancelSession([Int], Int)
    case cancelUpdate(Bool, Int)
    case cancelOne(Int, Int, Int)
    case supersede([Int], Int, [Int], [Edit])
    case supersedeUpdate(Bool, Int, [Int], [Edit])
}

struct Step: Codable, Hashable, Sendable {
    var edits: [Edit]
    var action: Action
}

struct Case: Codable, Hashable, Sendable {
    var programs: [Program]
    var sources: Int
    var gens: Int
    var initial: [Int]
    var keepGoing: Bool
    var tracked: Bool
    var jobs: Int
    var twin: Bool
    var steps: [Step]
}

struct Features {
    var gens = true
    var groups = true
    var async = true
    var fails = true
    var cycles = true
    var lists = true
    var moves = true
    var cancels = true
    var userGenEdits = true
    var maxTasks = 12
    var jobs = 4
}

func makeCase(_ seed: UInt64, _ features: Features) -> Case {
    var r = Random(seed)
    let n = 2 + r.below(features.maxTasks - 1)
    let f = 1 + r.below(5)
    let g = features.gens ? r.below(4) : 0
    let cancels = features.cancels && r.chance(40)
    let useAsync = features.async && r.chance(50)
    let useFails = features.fails && r.chance(40)
    let keepGoing = r.chance(25)
    let useGroups = features.groups && r.chance(70)
    var codes = [[Instr]](repeating: [], count: n)
    var providers = [[Int]](repeating: [], count: g)
    // Who provides what.
    for i in 0..<g {
        let p = r.below(n)
        providers[i] = [p]
        if features.moves && n > 2 && r.chance(40) {
            let q = r.below(n)
            if q != p { providers[i].append(q) }
        }
    }
    // Flipping pairs.
    var flips: [(Int, Int, Int)] = []
    if features.cycles && n > 2 && r.chance(40) {
        let a = r.below(n - 1)
        let b = a + 1 + r.below(n - a - 1)
        flips.append((a, b, r.below(f)))
    }
    var uncond = [Set<Int>](repeating: [], count: n)

    func requirement(_ t: Int) -> Instr {
        switch r.below(10) {
        case 0: .proj(t, 2)
        case 1: .stamp(t, 2)
        case 2: .loose(t)
        case 3: .any(t)
        case 4: useFails && !keepGoing ? .tryReq(t) : .req(t)
        default: .req(t)
        }
    }
    func some(_ id: Int, _ count: Int) -> [Int] { (0..<count).map { _ in r.below(id) } }
    func leaf() -> Instr {
        switch r.below(12) {
        case 0: .input(r.below(2))
        case 1: .dep(r.below(f), [0, 0, 2].randomElement(using: &r)!)
        case 2 where features.lists: .list(r.below(3))
        case 3: .read(r.below(f), 1)
        case 4: .read(r.below(f), 2)
        case 5: .prev
        case 6: .yield
        default: .read(r.below(f), 0)
        }
    }
    func block(_ id: Int, _ depth: Int, _ length: Int) -> [Instr] {
        var code: [Instr] = []
        for _ in 0..<length {
            let k = r.below(20)
            if id == 0 || k < 6 {
                code.append(leaf())
            } else if k < 12 {
                code.append(requirement(r.below(id)))
            } else if k < 14 && useGroups {
                let ts = some(id, 1 + r.below(4))
                code.append(r.chance(50) ? .anyGroup(ts) : .group(ts.map { $0 & ~1 }))
            } else if k < 15 && useAsync {
                code.append(r.chance(60) ? .asyncLet(r.below(id), r.below(id)) : .asyncRead(r.below(id), r.below(f)))
            } else if k < 16 && useGroups && id > 1 {
                let a = r.below(id) & ~1
                var b = r.below(id) | 1
                if b >= id { b = 1 }
                code.append(.pair(a, b))
            } else if k < 17 && useFails {
                code.append(leaf())
                code.append(.failIf(3 + r.below(4), 1 + r.below(2)))
            } else if depth < 2 {
                code.append(r.chance(60) || id == 0 ? .read(r.below(f), 0) : .req(r.below(id)))
                let yes = block(id, depth + 1, 1 + r.below(2))
                let no = r.chance(50) ? [] : block(id, depth + 1, 1 + r.below(2))
                code.append(.iff(2, r.below(2), yes, no))
            }
        }
        return code
    }
    for id in 0..<n {
        var code = block(id, 0, 1 + r.below(4))
        // Reads of generated files.
        for i in 0..<g where !providers[i].contains(id) && providers[i].allSatisfy({ $0 < id }) && r.chance(45) {
            var part: [Instr] = []
            let vias = (0..<id).filter { uncond[$0].isSuperset(of: providers[i]) }
            if !vias.isEmpty && r.chance(50) {
                let via = r.pick(vias)
                part.append(r.chance(50) ? .loose(via) : .req(via))
            } else if useGroups && r.chance(30) {
                part.append(.anyGroup(providers[i].shuffled(using: &r)))
            } else {
                for p in providers[i].shuffled(using: &r) { part.append(r.chance(50) ? .loose(p) : .req(p)) }
            }
            part.append(.readGen(i, r.chance(80) ? 0 : 1 + r.below(2)))
            let place = r.below(code.count + 1)
            if r.chance(25) {
                code.insert(contentsOf: [.read(r.below(f), 0), .iff(2, r.below(2), part, [])], at: place)
            } else {
                code.insert(contentsOf: part, at: place)
            }
        }
        // Writes.
        for i in 0..<g where providers[i].contains(id) {
            if providers[i].count == 2 {
                let which = providers[i].firstIndex(of: id)!
                code.append(contentsOf: [.read(i % f, 0), .iff(2, which, [.write(i)], [])])
            } else if r.chance(30) {
                code.append(contentsOf: [.read(r.below(f), 0), .iff(2, 0, [.write(i)], [])])
            } else {
                code.append(.write(i))
            }
            if useFails && r.chance(15) { code.append(contentsOf: [.read(r.below(f), 0), .failIf(5, 1)]) }
        }
        for (a, b, cfg) in flips {
            if id == a {
                let body: [Instr] = r.chance(50) ? [.req(b)] : (useGroups && id > 0 ? [.anyGroup([r.below(id), b])] : [.proj(b, 2)])
                code.insert(contentsOf: [.read(cfg, 0), .iff(2, 0, [], body)], at: 0)
            }
            if id == b {
                let body: [Instr] = r.chance(50) ? [.req(a)] : (useGroups ? [.anyGroup([r.below(id), a])] : [.req(a)])
                code.insert(contentsOf: [.read(cfg, 0), .iff(2, 0, body, [])], at: 0)
            }
        }
        codes[id] = code
        for instr in code {
            switch instr {
            case .req(let t), .loose(let t), .any(let t), .proj(let t, _), .stamp(let t, _):
                if t < id {
                    uncond[id].insert(t)
                    uncond[id].formUnion(uncond[t])
                }
            case .anyGroup(let ts), .group(let ts):
                for t in ts where t < id {
                    uncond[id].insert(t)
                    uncond[id].formUnion(uncond[t])
                }
            default: break
            }
        }
    }
    let programs = codes.map { Program(code: $0, modulus: [2, 3, 5, 1000, 100_000].randomElement(using: &r)!) }

    func edit() -> Edit {
        switch r.below(20) {
        case 0, 1: return .touch(r.below(f))
        case 2: return .rewrite(r.below(f))
        case 3, 4: return .delete(r.below(f))
        case 5, 6: return .input(r.below(2), r.below(3))
        case 7 where g > 0 && features.userGenEdits: return .setGen(r.below(g), r.below(4))
        case 8 where g > 0 && features.userGenEdits: return .deleteGen(r.below(g))
        default: return .set(r.below(f), r.below(6))
        }
    }
    func roots() -> [Int] { (0..<1 + r.below(3)).map { _ in r.chance(60) ? n - 1 - r.below(min(n, 3)) : r.below(n) } }
    func edits(_ most: Int) -> [Edit] { (0..<r.below(most + 1)).map { _ in edit() } }
    var steps: [Step] = []
    for _ in 0..<(3 + r.below(14)) {
        let action: Action
        switch r.below(20) {
        case 0, 1, 2, 3, 4: action = .session(roots())
        case 5: action = .concurrent(roots())
        case 6: action = .all(roots())
        case 7 where cancels: action = .cancelSession(roots(), 1 + r.below(30))
        case 8 where cancels, 9 where cancels: action = .cancelUpdate(r.chance(40), 1 + r.below(20))
        case 10 where cancels: action = .cancelOne(r.below(n), r.below(n), 1 + r.below(20))
        case 11 where cancels: action = .supersede(roots(), 1 + r.below(25), roots(), edits(2))
        case 12 where cancels: action = .supersedeUpdate(r.chance(40), 1 + r.below(15), roots(), edits(2))
        default: action = .update(detect: r.chance(35), again: r.chance(30))
        }
        steps.append(Step(edits: edits(3), action: action))
    }
    return Case(
        programs: programs, sources: f, gens: g, initial: (0..<f).map { _ in r.below(7) - 1 },
        keepGoing: keepGoing, tracked: r.chance(50), jobs: features.jobs, twin: !cancels, steps: steps)
}
