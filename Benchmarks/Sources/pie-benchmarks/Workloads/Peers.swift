import Foundation
import SourceFiles

/// Measures the other build tools on the files of the workload `files`, as far as they are installed.
enum Peers {
    /// What a tool takes when nothing has changed, and when one file has.
    struct Figures {
        let noop: Duration
        let change: Duration
    }

    /// Above this, the first build of each takes more than a few minutes.
    private static let largest = 100_000

    /// Measures all of them.
    ///
    /// - Returns: The medians of those that could be measured; why there are none of the others is noted.
    static func measure(
        _ bench: Bench,
        _ project: inout SourceProject
    ) throws -> [(peer: Peer, figures: Figures)] {
        guard bench.size <= largest else {
            Console.note("no other tool is measured: each would begin with \(bench.size) processes")
            return []
        }
        var all: [(Peer, Figures)] = []
        for peer in Peer.allCases {
            guard peer.path != nil else {
                Console.note("\(peer.title) is not installed: nothing to compare with")
                continue
            }
            if let figures = try measure(peer, bench, &project) { all.append((peer, figures)) }
        }
        return all
    }

    /// Has a tool build once, then measures what it takes when nothing has changed, and when one file has.
    private static func measure(_ peer: Peer, _ bench: Bench, _ project: inout SourceProject) throws -> Figures? {
        let program: String
        let arguments: [String]
        do {
            (program, arguments) = try peer.prepare(project, jobs: bench.jobs)
        } catch let error as ChildFailure where peer == .shake {
            Console.note("Shake is not measured, its library seems not to be installed: \(error)")
            return nil
        }
        let first = try FreshProcess(program, arguments)
        try bench.check(peer.hasBuilt(first.output), "\(peer.title): nothing is built")
        bench.report("\(peer.title): clean", times: [first.time], per: .files(bench.size))
        var noops: [Duration] = []
        for run in 0...bench.runs {
            let process = try FreshProcess(program, arguments)
            try bench.check(!peer.hasBuilt(process.output), "\(peer.title): something is built that did not change")
            if run > 0 { noops.append(process.time) }
        }
        bench.report("\(peer.title): no-op", times: noops, per: .files(bench.size))
        var changes: [Duration] = []
        for run in 0...bench.runs {
            let file = try project.edit()
            let process = try FreshProcess(program, arguments)
            let copy = FileManager.default.contents(atPath: "\(project.root)/\(peer.copy(of: file))").map {
                [UInt8]($0)
            }
            try bench.check(copy == project.bytes(of: file), "\(peer.title): a change is not built")
            if run > 0 { changes.append(process.time) }
        }
        bench.report("\(peer.title): change 1", times: changes, per: .files(bench.size))
        return Figures(noop: noops.sorted()[noops.count / 2], change: changes.sorted()[changes.count / 2])
    }
}
