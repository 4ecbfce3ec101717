import PIE
import SourceFiles

/// A build of the files with its store, and the steps that a process does with it.
struct Build {
    let shape: BuildShape
    let root: String
    let store: String
    let count: Int
    let jobs: Int

    private func open() throws -> Pie {
        var options = PieOptions()
        options.jobs = jobs
        return try Pie(
            store: .directory(store),
            root: root,
            tasks: [ReadSource.self, ReadFolder.self, ReadFolders.self, ReadFiles.self],
            options: options
        )
    }

    /// Requires everything.
    func require() async throws -> StepReport {
        try await measure { pie in
            if shape == .leaves {
                for file in 0..<count { pie.observe(ReadSource(file)) }
            }
            return try await pie.session { try await result(in: $0) }
        }
    }

    /// Brings up to date what changed files affect, and requires the result.
    ///
    /// - Parameters:
    ///   - changes: What changed.
    ///   - file: The file whose task is required, if that of all files is not kept up to date.
    /// - Returns: How long it took, and what came out.
    /// - Throws: What the build throws.
    func update(_ changes: ChangeSet, _ file: Int) async throws -> StepReport {
        try await measure { pie in
            try await pie.session { session in
                _ = try await session.update(changes)
                if shape == .leaves { return try await session.require(ReadSource(file)) }
                return try await result(in: session)
            }
        }
    }

    /// Opens the build and looks up what one task gave.
    func lookUp(_ file: Int) throws -> StepReport {
        var report = StepReport()
        let clock = ContinuousClock()
        let start = clock.now
        let pie = try open()
        let opened = clock.now
        guard let output = pie.lastOutput(of: ReadSource(file)) else { throw Failure(description: "no last output") }
        report.opening = nanoseconds(opened - start)
        report.session = nanoseconds(clock.now - opened)
        report.result = output
        return report
    }

    private func result(in session: Session) async throws -> UInt64 {
        switch shape {
        case .tree: try await session.require(ReadFolders(count: count))
        case .flat: try await session.require(ReadFiles(count: count))
        case .leaves: try await session.require(ReadFiles(count: count), observing: false, forcing: false)
        }
    }

    private func measure(_ work: (Pie) async throws -> UInt64) async throws -> StepReport {
        var report = StepReport()
        let clock = ContinuousClock()
        let start = clock.now
        let pie = try open()
        let opened = clock.now
        report.result = try await work(pie)
        let ended = clock.now
        try await pie.close()
        report.opening = nanoseconds(opened - start)
        report.session = nanoseconds(ended - opened)
        report.closing = nanoseconds(clock.now - ended)
        return report
    }
}

/// A duration as a number.
func nanoseconds(_ duration: Duration) -> Int { Int(duration / .nanoseconds(1)) }

/// A step that cannot be done.
struct Failure: Error, CustomStringConvertible {
    let description: String
}
