import Foundation
import PIE
import Synchronization

var seed: UInt64 = 1
var count = 1_000_000
var seconds = 60.0
var verbose = false
var features = Features()
var shrink = true
var doStress = false
let shrinkSeconds = 20.0
var arguments = Array(CommandLine.arguments.dropFirst())
while !arguments.isEmpty {
    let argument = arguments.removeFirst()
    switch argument {
    case "seed": seed = UInt64(arguments.removeFirst())!
    case "count": count = Int(arguments.removeFirst())!
    case "seconds": seconds = Double(arguments.removeFirst())!
    case "-v": verbose = true
    case "noshrink": shrink = false
    case "nogens": features.gens = false
    case "nogroups": features.groups = false
    case "noasync": features.async = false
    case "nofails": features.fails = false
    case "nocycles": features.cycles = false
    case "nolists": features.lists = false
    case "nomoves": features.moves = false
    case "nocancels": features.cancels = false
    case "nogenedits": features.userGenEdits = false
    case "tasks": features.maxTasks = Int(arguments.removeFirst())!
    case "jobs": features.jobs = Int(arguments.removeFirst())!
    default: fatalError("unknown argument \(argument)")
    }
}

Thread.detachNewThread {
    while true {
        sleep(1)
        let p = progress.withLock { $0 }
        if p.since.duration(to: .now) > .seconds(20) {
            print("HANG seed \(p.seed) step \(p.step)")
            if let c = p.current {
                for (i, p) in c.programs.enumerated() where !p.code.isEmpty { print("    \(i) mod \(p.modulus): \(p.code)") }
                print("    initial \(c.initial) keepGoing \(c.keepGoing) tracked \(c.tracked)")
                for step in c.steps { print("    \(step.edits) \(step.action)") }
            }
            if getenv("FUZZ_WAIT") != nil { sleep(600) }
            _exit(9)
        }
    }
}

func attempt(_ c: Case, _ verbose: Bool = false) async -> (Mismatch?, Int) {
    progress.withLock {
        $0.since = .now
        $0.current = c
    }
    do {
        let runner = try CaseRunner(c, verbose: verbose)
        do { try await runner.run() } catch let m as Mismatch { return (m, runner.steps) }
        return (nil, runner.steps)
    } catch {
        return (Mismatch(kind: "thrown", text: "\(error)"), 0)
    }
}

/// All cases with one thing less.
func smaller(_ c: Case) -> [Case] {
    var result: [Case] = []
    for i in c.steps.indices.reversed() {
        var d = c
        d.steps.remove(at: i)
        result.append(d)
    }
    for i in c.steps.indices {
        for j in c.steps[i].edits.indices {
            var d = c
            d.steps[i].edits.remove(at: j)
            result.append(d)
        }
    }
    func without(_ code: [Instr]) -> [[Instr]] {
        var all: [[Instr]] = []
        for i in code.indices {
            var one = code
            one.remove(at: i)
            all.append(one)
            switch code[i] {
            case .iff(let k, let m, let yes, let no):
                for y in without(yes) {
                    one = code
                    one[i] = .iff(k, m, y, no)
                    all.append(one)
                }
                for n in without(no) {
                    one = code
                    one[i] = .iff(k, m, yes, n)
                    all.append(one)
                }
                one = code
                one.replaceSubrange(i...i, with: yes)
                all.append(one)
            case .group(let ts) where ts.count > 1:
                for j in ts.indices {
                    var less = ts
                    less.remove(at: j)
                    one = code
                    one[i] = .group(less)
                    all.append(one)
                }
            case .anyGroup(let ts) where ts.count > 1:
                for j in ts.indices {
                    var less = ts
                    less.remove(at: j)
                    one = code
                    one[i] = .anyGroup(less)
                    all.append(one)
                }
            default: break
            }
        }
        return all
    }
    for i in c.programs.indices {
        if c.programs[i].code.count > 2 {
            var d = c
            d.programs[i].code = []
            result.append(d)
        }
        for code in without(c.programs[i].code) {
            var d = c
            d.programs[i].code = code
            result.append(d)
        }
    }
    return result
}

func sign(_ text: String) -> String {
    ["gave error cycle", "gave error hidden", "gave error overlap"].first { text.contains($0) } ?? ""
}

func shrunk(_ c: Case, _ m: Mismatch) async -> (Case, Mismatch) {
    var best = (c, m)
    let end = ContinuousClock.now + .seconds(shrinkSeconds)
    var isShrinking = true
    while isShrinking {
        isShrinking = false
        for candidate in smaller(best.0) {
            if .now > end { return best }
            for _ in 0..<(m.kind.hasPrefix("jobs") || m.text.contains("jobs4") ? 3 : 1) {
                if let found = await attempt(candidate).0, found.kind == m.kind, sign(found.text) == sign(m.text) {
                    best = (candidate, found)
                    isShrinking = true
                    break
                }
            }
            if isShrinking { break }
        }
    }
    return best
}

let start = ContinuousClock.now
var steps = 0
var failures: [String: Int] = [:]
var cases = 0
for index in 0..<count {
    if start.duration(to: .now) > .seconds(seconds) { break }
    let s = seed + UInt64(index)
    progress.withLock { $0.seed = s }
    let c = makeCase(s, features)
    if verbose {
        for (i, p) in c.programs.enumerated() { print("    \(i) mod \(p.modulus): \(p.code)") }
        print("    initial \(c.initial) keepGoing \(c.keepGoing) tracked \(c.tracked)")
    }
    let (mismatch, n) = await attempt(c, verbose)
    steps += n
    cases += 1
    guard let mismatch else { continue }
    failures[mismatch.kind, default: 0] += 1
    print("FAIL seed \(s): \(mismatch)")
    if failures[mismatch.kind]! > 3 { continue }
    if shrink {
        let (small, m) = await shrunk(c, mismatch)
        print("  shrunk: \(m)")
        for (i, p) in small.programs.enumerated() where !p.code.isEmpty { print("    \(i) mod \(p.modulus): \(p.code)") }
        print("    initial \(small.initial) keepGoing \(small.keepGoing) tracked \(small.tracked)")
        for step in small.steps { print("    \(step.edits) \(step.action)") }
    }
}
let elapsed = start.duration(to: .now)
print("cases \(cases) steps \(steps) in \(elapsed), failures \(failures)")
removeFolder(base)
exit(failures.isEmpty ? 0 : 1)
