// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Reading a file that another task provides (R10).
@Suite struct HiddenDependencyTests {
    private let writer = Job("writer", .write("w", "out"))
    private let reader = Job("reader", .read("out"))

    @Test(arguments: [1, 4]) func R10_readingAfterAForeignWriteIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let error = await objection {
            try await world.session { session in
                try await session.require(writer)
                try await session.require(reader)
            }
        }
        #expect(error == .hidden(reader: reader, provider: writer, "out"))
        #expect(world.log.failed == tasks(reader))
    }

    @Test(arguments: [1, 4]) func R10_writingAfterAForeignReadIsAnErrorBeforeAByteIsWritten(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let error = await objection {
            try await world.session { session in
                try await session.require(reader)
                try await session.require(writer)
            }
        }
        #expect(error == .hidden(reader: reader, provider: writer, "out"))
        #expect(world.log.failed == tasks(writer))
        #expect(try world.text(of: "out") == nil)
    }

    @Test(arguments: [1, 4]) func R10_theErrorNamesReaderProviderAndFileInThatOrder(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let error = await #expect(throws: BuildError.self) {
            try await world.session { session in
                try await session.require(writer)
                try await session.require(reader)
            }
        }
        #expect(error?.details.map(\.label) == ["reader", "provider", "file"])
        #expect(error?.details.map(\.value) == ["reader", "writer", "out"])
        #expect(error?.hint.isEmpty == false)
        #expect(error?.title.contains("\n") == false)
    }

    @Test(arguments: [1, 4]) func R10_bothOrdersAreAnErrorInOneTask(jobs: Int) async throws {
        for acts in [[Act.require(writer), .require(reader)], [.require(reader), .require(writer)]] {
            let world = try World(jobs: jobs)
            var root = Job("root")
            root.acts = acts
            #expect(
                await objection { try await world.require(root) } == .hidden(reader: reader, provider: writer, "out")
            )
        }
    }

    @Test(arguments: [1, 4]) func R10_aSiblingThatRequiresTheProviderIsNoPathToIt(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let sibling = Job("sibling", .require(writer))
        let root = Job("root", .require(sibling), .require(reader))
        #expect(await objection { try await world.require(root) } == .hidden(reader: reader, provider: writer, "out"))
    }

    @Test(arguments: [1, 4]) func R10_aPathThroughOtherTasksIsEnough(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let between = Job("between", .require(writer))
        let knowing = Job("knowing", .require(Job("above", .require(between))), .read("out"))
        #expect(try await world.require(knowing) == " w")
        try await world.require(knowing)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R10_theProviderMustHaveBeenAnsweredBeforeTheRead(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let late = Job("late", .read("out"), .require(writer))
        let error = await objection { try await world.require(late) }
        #expect(error == .hidden(reader: late, provider: writer, "out"))
    }

    @Test(arguments: [1, 4]) func R10_readingBesideTheRequirementOfTheProviderIsAnError(jobs: Int) async throws {
        // The file is read before the requirement is answered, in a sibling Swift task.
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let held = Job("held", .pass(gate.name), .write("w", "out"))
        let reader = ReadBeside(required: held, file: "out", gate: gate.name)
        let error = await objection { try await world.require(reader) }
        #expect(error == .hidden(reader: reader, provider: held, "out"))
    }

    @Test(arguments: [1, 4]) func R10_anExecutionThatMetTheErrorFailsEvenIfItCatchesIt(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let careless = Job("careless", .attempt([.read("out")]), .say("went on"))
        let root = Job("root", .require(writer), .require(careless))
        #expect(
            await objection { try await world.require(root) } == .hidden(reader: careless, provider: writer, "out")
        )
        #expect(world.pie.lastOutput(of: careless) == nil)
    }

    @Test(arguments: [1, 4]) func R10_aReadThatIsRecordedIsJudgedWhenItIsChecked(jobs: Int) async throws {
        // In the first session nobody provides the file; in the second somebody does, before the reader is checked.
        let world = try World(jobs: jobs, ["out": "source"])
        try await world.require(reader)
        try world.remove("out")
        let error = await objection {
            try await world.session { session in
                try await session.require(writer)
                try await session.require(reader)
            }
        }
        #expect(error == .hidden(reader: reader, provider: writer, "out"))
    }

    @Test(arguments: [1, 4]) func R10_anUnchangedFileWithANewProviderIsJudgedAllTheSame(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["out": "w"])
        let root = Job("root", .require(reader))
        try await world.require(root)
        let error = await objection {
            try await world.session { session in
                try await session.require(writer)
                try await session.require(root)
            }
        }
        #expect(error == .hidden(reader: reader, provider: writer, "out"))
    }

    @Test(arguments: [1, 4]) func R10_theHostsOwnTaskOfAnEarlierSessionCounts(jobs: Int) async throws {
        // The writer is observed by the host and still consistent: nothing is executed to find that out.
        let world = try World(jobs: jobs)
        try await world.require(writer)
        #expect(await objection { try await world.require(reader) } == .hidden(reader: reader, provider: writer, "out"))
        #expect(world.executed == tasks(reader))
    }

    @Test(arguments: [1, 4]) func R10_theHostsOwnReaderOfAnEarlierSessionCounts(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        try await world.require(reader)
        #expect(await objection { try await world.require(writer) } == .hidden(reader: reader, provider: writer, "out"))
        #expect(world.executed == tasks(writer))
        #expect(try world.text(of: "out") == nil)
    }

    @Test(arguments: [1, 4]) func R10_aListingReadsTheExistenceOfWhatItMatches(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a": "1"])
        let writer = Job("writer", .write("w", "folder/out"))
        let lister = Job("lister", .list("folder"))
        #expect(
            await objection {
                try await world.session { session in
                    try await session.require(writer)
                    try await session.require(lister)
                }
            } == .hidden(reader: lister, provider: writer, "folder/out")
        )
        let knowing = Job("knowing", .require(writer), .list("folder"))
        #expect(try await world.require(knowing) == " a out")
        try await world.require(knowing)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R10_aFileThatAppearsInAListedFolderIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a": "1"])
        let writer = Job("writer", .write("w", "folder/out"))
        let lister = Job("lister", .list("folder"))
        let error = await objection {
            try await world.session { session in
                try await session.require(lister)
                try await session.require(writer)
            }
        }
        #expect(error == .hidden(reader: lister, provider: writer, "folder/out"))
    }

    @Test(arguments: [1, 4]) func afterTheErrorTheBuildWorksOnAsBefore(jobs: Int) async throws {
        let world = try World(
            jobs: jobs,
            ["main": "run writer\nrun reader", "writer": "write out w", "reader": "read out"]
        )
        let main = Script("main")
        #expect(
            await objection { try await world.require(main) }
                == .hidden(reader: Script("reader"), provider: Script("writer"), "out")
        )
        try world.write("run writer\nread out", to: "reader")
        #expect(try await world.require(main) == "  w")
        #expect(try await world.fresh(main) == "  w")
        try await world.require(main)
        #expect(world.runs == [])
    }
}

/// Reads a file while a requirement that provides it is under way.
private struct ReadBeside: IncrementalTask, CustomStringConvertible {
    var required: Job
    var file: File
    var gate: Int

    var description: String { "read beside" }

    func execute(in context: some Context) async throws -> String {
        async let answer = context.require(required)
        await Gate.named(gate).arrival()
        let text = try await context.readText(file)
        Gate.named(gate).open()
        _ = try await answer
        return text ?? "none"
    }
}
