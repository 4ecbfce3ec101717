// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R10_Readers {
    private func expectHidden(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("expected a hidden dependency")
        } catch {
            guard case .hiddenDependency? = (error as? BuildError)?.kind else {
                Issue.record("expected a hidden dependency, got \(error)")
                return
            }
        }
    }

    @Test(arguments: [1, 4])
    func R10_a_read_is_judged_when_a_later_requirement_brings_its_provider(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        try folder.write("0", to: "file")
        let script = Play([
            "provider": { context, _ in
                if try await context.number(in: "flag") > 0 { try await context.write("7", to: "file") }
                return 0
            },
            "reader": { context, script in
                let value = try await context.number(in: "file")
                _ = try await context.need("provider", of: script)
                return value
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        #expect(try await pie.session { try await $0.require(script["reader"]) } == 0)
        try folder.write("1", to: "flag")
        await expectHidden {
            _ = try await pie.session { try await $0.require(script["reader"]) }
        }
    }

    @Test func R10_an_update_judges_who_reads_a_file_that_got_a_provider_before() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        try folder.write("7", to: "file")
        let script = Play([
            "provider": { context, _ in
                if try await context.number(in: "flag") > 0 { try await context.write("7", to: "file") }
                return 0
            },
            "reader": { context, _ in try await context.number(in: "file") },
            "root": { context, script in try await context.need("reader", of: script) },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session {
            _ = try await $0.require(script["root"])
            _ = try await $0.require(script["provider"])
        }
        try folder.write("1", to: "flag")
        _ = try await pie.session { try await $0.require(script["provider"]) }
        await expectHidden {
            _ = try await pie.session { try await $0.update(.files(["flag"])) }
        }
    }

    @Test(arguments: [1, 4])
    func R10_a_reader_above_a_trusted_provider_is_not_blamed_for_it(jobs: Int) async throws {
        struct Failure: Error {}
        let folder = try TemporaryFolder()
        try folder.write("0", to: "source")
        try folder.write("0", to: "flag")
        let script = Play([
            "provider": { context, _ in
                try await context.write("7", to: "file")
                return 0
            },
            "reader": { context, script in
                _ = try await context.need("provider", of: script)
                return try await context.number(in: "source") + context.number(in: "file")
            },
            "fails": { context, script in
                let value = try await context.need("reader", of: script)
                if try await context.number(in: "flag") > 0 { throw Failure() }
                return value
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        _ = try await pie.session { try await $0.require(script["fails"]) }
        try folder.write("1", to: "source")
        try folder.write("1", to: "flag")
        let value = try await pie.session { session in
            await #expect(throws: Failure.self) { try await session.update(.files(["source", "flag"])) }
            return try await session.require(script["provider"])
        }
        #expect(value == 0)
    }

    /// Found by the oracle: what requires the reader was done, in trust of it, before its file was written.
    @Test(arguments: [1, 4])
    func R10_anUpdateFailsWithAConflictOfWhatItHasTrusted(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "source")
        try folder.write("0", to: "flag")
        let script = Play([
            "reader": { context, _ in try await context.read("file") == nil ? 0 : 1 },
            "between": { context, script in
                try await context.number(in: "source") + context.need("reader", of: script)
            },
            "root": { context, script in
                let value = try await context.need("between", of: script)
                if try await context.number(in: "flag") > 0 { try await context.write("7", to: "file") }
                return value
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        _ = try await pie.session { try await $0.require(script["root"]) }
        try folder.write("1", to: "source")
        try folder.write("1", to: "flag")
        await expectHidden { _ = try await pie.session { try await $0.update(.files(["source", "flag"])) } }
        await expectHidden { _ = try await pie.session { try await $0.update(.files([])) } }
        try folder.write("0", to: "flag")
        _ = try await pie.session { try await $0.update(.files(["flag"])) }
        #expect(try await pie.lastOutput(of: script["root"]) == NonIncrementalContext(of: pie).require(script["root"]))
    }

    /// Found by the oracle: updates took the reader as it was, and the provider of the session before as no new one.
    @Test(arguments: [1, 4])
    func R10_aConflictIsFoundAgainByEachBuild(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        let script = Play([
            "reader": { context, _ in try await context.read("file") == nil ? 0 : 1 },
            "between": { context, script in try await context.need("reader", of: script) },
            "provider": { context, script in
                _ = try await context.need("between", of: script)
                try await context.write("7", to: "file")
                return 0
            },
            "root": { context, script in try await context.need("provider", of: script) },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        // In a plain session the reader comes first.
        for _ in 1...2 {
            await expectHidden { _ = try await pie.session { try await $0.require(script["root"]) } }
            await expectHidden { _ = try await pie.session { try await $0.update(.files([])) } }
            await expectHidden { _ = try await pie.session { try await $0.update(.files([])) } }
        }
    }

    /// Found by the oracle: the update asked without end whether the record of the reader holds, which it trusts.
    @Test(arguments: [1, 4]) func R10_inAnUpdateTheHostsOwnReaderCountsToo(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        let script = Play([
            "reader": { context, _ in try await context.read("file") == nil ? 0 : 1 },
            "writer": { context, _ in
                let flag = try await context.number(in: "flag")
                if flag > 0 { try await context.write("7", to: "file") }
                return flag
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        _ = try await pie.session { session in
            _ = try await session.require(script["reader"])
            _ = try await session.require(script["writer"])
        }
        try folder.write("1", to: "flag")
        await expectHidden { _ = try await pie.session { try await $0.update(.files(["flag"])) } }
        #expect(try folder.text(of: "file") == nil)
        try folder.write("0", to: "flag")
        _ = try await pie.session { try await $0.update(.files(["flag"])) }
        #expect(pie.lastOutput(of: script["reader"]) == 0)
    }

    /// Found by the oracle: the read counted as judged, though the provider of the session before was not done.
    @Test func R10_whoReadsWhileTheProviderExecutesIsJudgedInTheEnd() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "source")
        let (begun, read) = (Gate.make(), Gate.make())
        begun.open()
        read.open()
        let (first, second) = (begun.name, read.name)
        let script = Play([
            "provider": { context, _ in
                if try await context.number(in: "source") > 0 {
                    await Gate.named(first).pass()
                    await Gate.named(second).arrival()
                }
                try await context.write("7", to: "file")
                return 0
            },
            "reader": { context, script in
                let value = try await context.number(in: "file")
                await Gate.named(second).pass()
                return try await value + context.need("provider", of: script)
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 4))
        _ = try await pie.session { try await $0.require(script["provider"]) }
        try folder.write("1", to: "source")
        await expectHidden {
            try await pie.session { session in
                async let provider = session.require(script["provider"])
                await begun.arrival()
                let reader = try await session.require(script["reader"])
                _ = try await (provider, reader)
            }
        }
    }

    /// Found by the oracle: the reader was up to date, but not looked at.
    @Test(arguments: [1, 4]) func R10_whatAnUpdateHasKeptCountsInItsSession(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        let script = Play([
            "reader": { context, _ in try await context.read("file") == nil ? 0 : 1 },
            "root": { context, script in try await context.need("reader", of: script) },
            "writer": { context, _ in
                try await context.write("7", to: "file")
                return 0
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        _ = try await pie.session { try await $0.require(script["root"]) }
        await expectHidden {
            try await pie.session { session in
                _ = try await session.update(.files([]))
                _ = try await session.require(script["writer"])
            }
        }
        #expect(try folder.text(of: "file") == nil)
    }

    /// Found by the oracle: seed 814.
    @Test(arguments: [1, 4])
    func R10_a_failed_update_leaves_the_files_of_a_trusted_provider_to_it(jobs: Int) async throws {
        struct Failure: Error {}
        let folder = try TemporaryFolder()
        try folder.write("0", to: "source")
        let script = Play([
            "leaf": { context, _ in try await context.number(in: "source") / 1_000 },
            "provider": { context, _ in
                try await context.write("7", to: "file")
                return 0
            },
            "between": { context, script in
                try await context.need("leaf", of: script) + context.need("provider", of: script)
            },
            "reader": { context, script in
                try await context.need("between", of: script) + context.number(in: "file")
            },
            "fails": { context, script in
                _ = try await context.need("between", of: script)
                throw Failure()
            },
        ])
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: options(jobs: jobs), trackers: [log])
        try await pie.session { session in
            _ = try await session.require(script["reader"])
            await #expect(throws: Failure.self) { try await session.require(script["fails"]) }
        }
        try folder.write("1", to: "source")
        // The update trusts the provider below what it checks; the reader is checked when it has failed.
        try await pie.session { session in
            await #expect(throws: Failure.self) { try await session.update(.files(["source"])) }
            _ = try await session.require(script["reader"])
        }
        log.clear()
        try await pie.session { session in
            await #expect(throws: Failure.self) { try await session.update(.files(["file"])) }
        }
        #expect(log.executions(of: script["provider"]) == 0)
    }

    /// Fires when a task is checked.
    private struct CheckSignal: Tracker {
        let task: AnyTask
        let signal: Signal

        func handle(_ event: BuildEvent) {
            if case .checking(task) = event { signal.set() }
        }
    }

    /// Found by the oracle: seed 500002529.
    @Test(.timeLimit(.minutes(10)), arguments: [true, false])
    func R10_whoListsAFolderWhileTheProviderIsCheckedIsJudgedInTheEnd(isProviderExecuted: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "switch")
        let isChecked = Signal()
        let script = Play([
            "lister": { context, _ in
                if try await context.number(in: "switch") == 0 { return 0 }
                // The provider waits for this task from now on.
                await isChecked.wait()
                let count = try await context.read(DirectoryListing("out"))?.count ?? 0
                return isProviderExecuted ? count : 0
            },
            "provider": { context, script in
                let value = try await context.need("lister", of: script)
                try await context.write("x", to: "out/x")
                return value
            },
            "top": { context, script in
                try await context.need("provider", of: script) + context.number(in: "switch")
            },
        ])
        let signal = CheckSignal(task: AnyTask(script["provider"]), signal: isChecked)
        let pie = try Pie(root: folder.root, options: options(jobs: 4), trackers: [signal])
        try await pie.session { _ = try await $0.require(script["top"]) }
        try folder.write("1", to: "switch")
        await expectHidden {
            try await pie.session { session in
                try await session.update(.files(["switch"]))
                _ = try await session.require(script["top"])
            }
        }
    }

    /// Found by the oracle: seed 500002529.
    @Test(arguments: [true, false]) func R10_whoListedAFolderIsJudgedWhenAClaimThatHadLapsedIsMadeAgain(isUpdate: Bool)
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "switch")
        let script = Play([
            "lister": { context, _ in
                if try await context.number(in: "switch") == 1 { _ = try await context.read(DirectoryListing("out")) }
                return 0
            },
            "provider": { context, script in
                let value = try await context.need("lister", of: script)
                try await context.write("x", to: "out/x")
                return value
            },
            "top": { context, script in try await context.need("provider", of: script) },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session { _ = try await $0.require(script["top"]) }
        try folder.write("1", to: "switch")
        // The provider is not visited: its claim to the file lapses.
        try await pie.session { _ = try await $0.require(script["lister"]) }
        await expectHidden {
            try await pie.session { session in
                if isUpdate { try await session.update(.files([])) }
                _ = try await session.require(script["top"])
            }
        }
    }

    @Test func R10_whoListedAFolderIsPutOffWhereASessionMakesALapsedClaimAgain() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "switch")
        let script = Play([
            "lister": { context, _ in
                if try await context.number(in: "switch") == 1 { _ = try await context.read(DirectoryListing("out")) }
                return 0
            },
            "above": { context, script in try await context.need("lister", of: script) },
            "provider": { context, _ in
                try await context.write("x", to: "out/x")
                return 0
            },
            "top": { context, script in try await context.need("provider", of: script) },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session { session in
            _ = try await session.require(script["above"])
            _ = try await session.require(script["top"])
        }
        try folder.write("1", to: "switch")
        // Each session visits one of the two, and the claim of the other's lapses.
        try await pie.session { _ = try await $0.require(script["above"]) }
        try await pie.session { _ = try await $0.require(script["top"]) }
        await expectHidden { try await pie.session { _ = try await $0.update(.files([])) } }
    }

    /// Found by the oracle: seed 500002917.
    @Test func R10_whoReadBesideAProviderThatWasCancelledIsJudgedByTheNextUpdate() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "stop")
        try folder.write("0", to: "old")
        let isStopped = Signal()
        let script = Play([
            "reader": { context, _ in
                // Reads what the provider has left in an earlier build.
                try await context.number(in: "old") == 1 ? context.number(in: "out") : 0
            },
            "provider": { context, script in
                _ = try await context.need("reader", of: script)
                if try await context.number(in: "stop") == 1 {
                    isStopped.set()
                    try await Task.sleep(for: .seconds(600))
                }
                try await context.write("7", to: "out")
                return 0
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session { _ = try await $0.require(script["provider"]) }
        try folder.write("1", to: "old")
        try folder.write("1", to: "stop")
        let interrupted = Task { [script] in
            try await pie.session { _ = try await $0.require(script["provider"]) }
        }
        await isStopped.wait()
        interrupted.cancel()
        _ = await interrupted.result
        try folder.write("0", to: "stop")
        await expectHidden {
            try await pie.session { session in
                try await session.update(.files(["stop"]))
                _ = try await session.require(script["provider"])
            }
        }
    }

    /// Found by the oracle: seed 500005297.
    @Test(arguments: [1, 4]) func R10_aConflictAmongTheFailuresOfAGroupFailsWhatHasTrustedIt(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        let script = Play([
            "reader": { context, _ in try await context.read("file") == nil ? 0 : 1 },
            "other": { _, _ in 0 },
            "group": { context, script in
                _ = try await context.require(all: ["reader", "other"].map { Part(script: script, name: $0) })
                return 0
            },
            "root": { context, script in
                let value = try await context.need("group", of: script)
                if try await context.number(in: "flag") > 0 { try await context.write("7", to: "file") }
                return value
            },
        ])
        var keepGoing = options(jobs: jobs)
        keepGoing.keepGoing = true
        let pie = try Pie(root: folder.root, options: keepGoing)
        _ = try await pie.session { try await $0.require(script["root"]) }
        try folder.write("1", to: "flag")
        for changes in [["flag"], []] as [[File]] {
            await #expect(throws: BuildError.self) {
                try await pie.session { _ = try await $0.update(.files(changes)) }
            }
        }
    }

    enum Access: CaseIterable { case reading, listing }

    /// The reader's check has passed the file, and has not come to its end, when the provider commits.
    @Test(.timeLimit(.minutes(10)), arguments: Access.allCases, [true, false])
    func R10_whoIsCheckedWhileANewProviderCommitsIsJudgedInTheEnd(access: Access, isUpdate: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "switch")
        try folder.createFolder("out")
        let isExecuting = Signal()
        let hasCommitted = Signal()
        let script = Play([
            "below": { context, _ in
                if try await context.number(in: "switch") == 1 {
                    isExecuting.set()
                    await hasCommitted.wait()
                }
                return 0
            },
            "reader": { context, script in
                switch access {
                case .reading: _ = try await context.read("out/x")
                case .listing: _ = try await context.read(DirectoryListing("out"))
                }
                return try await context.need("below", of: script)
            },
            "provider": { context, _ in
                if try await context.number(in: "switch") == 1 {
                    await isExecuting.wait()
                    try await context.write("x", to: "out/x")
                }
                return 0
            },
            "after": { context, script in
                _ = try await context.need("provider", of: script)
                hasCommitted.set()
                return 0
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 4))
        try await pie.session { session in
            _ = try await session.require(script["reader"])
            _ = try await session.require(script["after"])
        }
        try folder.write("1", to: "switch")
        await expectHidden {
            try await pie.session { session in
                if isUpdate { try await session.update(.files(["switch"])) }
                async let first = session.require(script["reader"])
                async let second = session.require(script["after"])
                _ = try await (first, second)
            }
        }
    }

    /// Found by the oracle: seed 700021303.
    @Test(arguments: [1, 4]) func R10_whoReadsBelowAProviderThatIsCheckedIsJudgedInTheEnd(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "switch")
        let script = Play([
            "reader": { context, _ in
                if try await context.number(in: "switch") == 1 { _ = try await context.read("file") }
                return 0
            },
            "provider": { context, script in
                try await context.write("7", to: "file")
                return try await context.need("reader", of: script)
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: jobs))
        _ = try await pie.session { try await $0.require(script["provider"]) }
        try folder.write("1", to: "switch")
        await expectHidden { _ = try await pie.session { try await $0.require(script["provider"]) } }
    }
}
