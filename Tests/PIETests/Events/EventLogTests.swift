// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

@Suite struct EventLogTests {
    private typealias Lines = EventTasks.Lines
    private typealias Total = EventTasks.Total
    private typealias Report = EventTasks.Report

    private let folder: TemporaryFolder
    private let files: [File] = ["a", "b", "c"]

    init() throws {
        folder = try TemporaryFolder()
        for file in files { try folder.write("1\n2\n", to: file) }
    }

    /// Waits until stamps of a file that are taken at different times are the same.
    ///
    /// A stamp that is taken right after a change says so in the text of a reason.
    private func settle(_ file: File) async throws {
        while try folder.fileSystem.metadata(at: file).isProvisional { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func R20_theLogSaysWhatRanAndWhy() async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(1), trackers: [log])
        let report = Report(files: files, output: "out")
        try await pie.session { try await $0.require(report) }
        let lines = files.map { AnyTask(Lines(file: $0)) }
        #expect(log.executed == [AnyTask(report), AnyTask(Total(files: files))] + lines)
        #expect(log.executed(Lines.self).map(\.file) == files)
        #expect(log.count(of: Lines.self) == 3)
        #expect(log.reasons(of: report) == [.new])
        #expect(log.provided(onlyChanged: true) == ["out"])
        #expect(log.failed.isEmpty)
        expectOrder(of: log.events)

        log.clear()
        #expect(log.events.isEmpty)
        try await pie.session { try await $0.require(report) }
        #expect(log.executed.isEmpty)
        #expect(log.reused.last == AnyTask(report))
        #expect(log.reused.count == 5)

        log.clear()
        try folder.write("1\n2\n3\n", to: "b")
        try await pie.session { try await $0.update(.files(["b"])) }
        #expect(log.executions(of: Lines(file: "b")) == 1)
        #expect(log.executions(of: Lines(file: "a")) == 0)
        guard case .dependency(let change)? = log.reasons(of: Lines(file: "b")).first else {
            Issue.record("the file is the reason")
            return
        }
        #expect(change.target == .file("b"))
        #expect(log.changed.first == AnyTask(Lines(file: "b")))
        #expect(log.events(of: Total(files: files)).contains { if case .scheduled = $0 { true } else { false } })
        expectOrder(of: log.events)
    }

    @Test func R20_anOutputThatStaysIsNotChanged() async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(1), trackers: [log])
        let report = Report(files: files, output: "out")
        try await pie.session { try await $0.require(report) }
        try folder.write("3\n4\n", to: "c")
        log.clear()
        try await pie.session { try await $0.require(report) }
        #expect(log.executed == [AnyTask(Lines(file: "c"))])
        #expect(log.changed.isEmpty)
        #expect(log.provided().isEmpty)
    }

    @Test(arguments: [1, 4]) func R20_aFailureIsInTheLog(_ number: Int) async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(number), trackers: [log])
        try folder.write("bad", to: "a")
        await #expect(throws: EventTasks.Refusal.self) {
            try await pie.session { try await $0.require(Lines(file: "a")) }
        }
        #expect(log.failed == [AnyTask(Lines(file: "a"))])
        #expect(log.executed == log.failed)
        #expect(log.cancelled.isEmpty)
        expectOrder(of: log.events)
    }

    @Test func R20_aCancelledExecutionIsInTheLog() async throws {
        struct Endless: IncrementalTask {
            func execute(in context: some Context) async throws -> Int {
                try await Task.sleep(for: .seconds(3600))
                return 0
            }
        }
        let log = EventLog()
        let pie = try Pie(root: folder.root, trackers: [log])
        let session = Task { try await pie.session { try await $0.require(Endless()) } }
        while log.executed.isEmpty { await Task.yield() }
        session.cancel()
        await #expect(throws: CancellationError.self) { try await session.value }
        #expect(log.cancelled == [AnyTask(Endless())])
    }

    @Test(arguments: [1, 4]) func R20_theEventsOfEachTaskComeInOrder(_ number: Int) async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(number), trackers: [log])
        let many = (0..<200).map { File("many/\($0)") }
        for file in many { try folder.write("1\n", to: file) }
        let totals = (0..<20).map { Total(files: Array(many[($0 * 10)...])) }
        try await pie.session { try await $0.require(all: totals) }
        for file in many where file.path.hasSuffix("7") { try folder.write("1\n2\n", to: file) }
        try await pie.session { try await $0.require(all: totals) }
        for file in many where file.path.hasSuffix("3") { try folder.write("1\n2\n", to: file) }
        try await pie.session { try await $0.update(.detect) }
        #expect(log.count(of: Lines.self) == 200 + 20 + 20)
        expectOrder(of: log.events)
    }

    @Test func R20_theLogMayBeAskedWhileABuildRuns() async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(4), trackers: [log])
        let many = (0..<100).map { File("many/\($0)") }
        for file in many { try folder.write("1\n", to: file) }
        async let reader: Int = {
            var count = 0
            while count < 100 {
                let next = log.count(of: Lines.self)
                #expect(next >= count)
                count = next
                await Task.yield()
            }
            return count
        }()
        try await pie.session { try await $0.require(Total(files: many)) }
        #expect(await reader == 100)
    }

    @Test func R20_takingLosesNoEvent() async throws {
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: jobs(1), trackers: [log])
        try await pie.session { try await $0.require(Total(files: files)) }
        let first = log.take()
        guard case .sessionBegan(1)? = first.first, case .sessionEnded(1)? = first.last else {
            Issue.record("a session's events have come when it returns")
            return
        }
        #expect(log.events.isEmpty)
        #expect(log.description.isEmpty)
        try await pie.session { _ in }
        #expect(log.description == "session 2 began\nsession 2 ended")
    }

    @Test func R20_aBuildWithoutTrackersMakesNoEvents() async throws {
        let pie = try Pie(root: folder.root)
        try await pie.session { try await $0.require(Report(files: files, output: "out")) }
        try folder.write("bad", to: "a")
        _ = try? await pie.session { try await $0.update(.detect) }
        #expect(pie.engine.state.withLock { $0.outbox.isUnused })
    }

    @Test(arguments: [1, 4]) func R20_trackersDoNotChangeWhatIsBuilt(_ number: Int) async throws {
        let pies = [
            try Pie(root: folder.root, options: jobs(number)),
            try Pie(root: folder.root, options: jobs(number), trackers: [EventLog(), MetricsTracker(), EventLog()]),
        ]
        let total = Total(files: files)
        for text in ["1\n", "2\n", "1\n2\n", "bad", "2\n1\n"] {
            try folder.write(text, to: "b")
            var answers: [[Int?]] = []
            for pie in pies {
                let executed = try? await pie.session { try await $0.update(.files(["b"])).executed }
                let output = try? await pie.session { try await $0.require(total) }
                answers.append([executed, output])
            }
            #expect(answers[0] == answers[1])
        }
    }

    @Test func R18_theLogOfABuildWithOneJobIsTheSameEachTime() async throws {
        let many = (0..<50).map { File("many/\($0)") }
        for file in many { try folder.write("1\n", to: file) }
        try await settle("many/49")
        let report = Report(files: many, output: "out")
        let logs = (0..<4).map { _ in EventLog() }
        let pies = try logs.map { try Pie(root: folder.root, options: jobs(1), trackers: [$0]) }
        // What the first build writes, the others would find written: so none of them writes first.
        try await NonIncrementalContext(root: folder.root).require(report)
        for pie in pies { try await pie.session { try await $0.require(report) } }
        for file in many where file.path.hasSuffix("7") { try folder.write("1\n2\n", to: file) }
        try await settle("many/47")
        for pie in pies { try await pie.session { try await $0.require(Total(files: many)) } }
        for file in many where file.path.hasSuffix("3") { try folder.write("2\n", to: file) }
        try await NonIncrementalContext(root: folder.root).require(report)
        try await settle("out")
        for pie in pies { try await pie.session { try await $0.update(.detect) } }
        #expect(logs[0].count(of: Lines.self) == 60)
        // The first to write the file has changed it; apart from that the logs are the same.
        let lines = logs.map { $0.lines.map { $0.replacing(", unchanged", with: "") } }
        for other in lines { #expect(other == lines[0]) }
    }

    @Test func R18_theReasonsAreTheSameWithMoreJobs() async throws {
        let many = (0..<50).map { File("many/\($0)") }
        for file in many { try folder.write("1\n", to: file) }
        try await settle("many/49")
        let total = Total(files: many)
        let logs = [EventLog(), EventLog()]
        let pies = try zip([1, 4], logs).map { try Pie(root: folder.root, options: jobs($0), trackers: [$1]) }
        for pie in pies { try await pie.session { try await $0.require(total) } }
        for file in many where file.path.hasSuffix("7") { try folder.write("1\n2\n", to: file) }
        try await settle("many/47")
        for pie in pies { try await pie.session { try await $0.require(total) } }
        for file in many { #expect(logs[0].reasons(of: Lines(file: file)) == logs[1].reasons(of: Lines(file: file))) }
        #expect(logs[0].reasons(of: total) == logs[1].reasons(of: total))
        #expect(logs[0].reasons(of: total).count == 2)
    }
}
