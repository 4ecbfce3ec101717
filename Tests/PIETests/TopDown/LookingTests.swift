// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// Files that are looked at together, since tasks that were asked for at once read them first.
@Suite struct LookingTests {
    @Test(arguments: World.Life.toTest, [1, 4])
    func R3_ofManyTasksThatReadAFileThoseRunWhoseFileChanged(life: World.Life, jobs: Int) async throws {
        let world = try World(jobs: jobs, life: life == .killing ? .dropping : life)
        let files = (0..<600).map { File("\($0 % 7)/\($0)") }
        for file in files { try world.write("1", to: file) }
        try world.write("1", to: "above")
        let readers = files.map { Job("reads \($0)", .read($0)) }
        let top = Job("top", .read("above"), .all(readers))
        try await world.require(top)
        try await world.require(top)
        #expect(world.log.runs.isEmpty)
        for index in [0, 299, 599] { try world.write("2", to: files[index]) }
        try world.remove(files[7])
        let output = try await world.require(top)
        #expect(output.split(separator: " ").filter { $0 != "1" } == ["2", "none", "2", "2"])
        #expect(Set(world.log.completed) == Set(tasks(top, readers[0], readers[7], readers[299], readers[599])))
    }

    @Test(arguments: World.Life.toTest, [1, 4])
    func R3_ofManyTasksThatBeginWithSharedOnesThoseRunThatAreAffected(life: World.Life, jobs: Int) async throws {
        let world = try World(jobs: jobs, life: life == .killing ? .dropping : life)
        let files = (0..<40).map { File("\($0)") }
        for file in files { try world.write("1", to: file) }
        let readers = files.map { Job("reads \($0)", .read($0)) }
        let pairs = readers.indices.map { Job("pair \($0)", .all([readers[$0], readers[($0 + 1) % 40]])) }
        let uppers = pairs.indices.map { Job("upper \($0)", .require(pairs[$0]), .read(files[$0])) }
        let top = Job("top", .all(uppers))
        try await world.require(top)
        try await world.require(top)
        #expect(world.log.runs.isEmpty)
        try world.write("2", to: files[20])
        try await world.require(top)
        let affected = tasks(readers[20], pairs[19], pairs[20], uppers[19], uppers[20], top)
        #expect(Set(world.log.completed) == Set(affected))
    }

    @Test(arguments: [1, 4])
    func R10_aFileThatWasLookedAtEarlyAndIsProvidedThenHasAHiddenReader(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["first": "1", "script": "say nothing", "file": "old"])
        let (first, reader) = (Job("first", .read("first")), Job("reader", .read("file")))
        let top = Job("top", .all([first, Job("writer", .run("script")), reader]))
        #expect(try await world.require(top) == "1 nothing old")
        try world.write("write file new", to: "script")
        await #expect(throws: BuildError.self) { try await world.require(top) }
        #expect(try world.text(of: "file") == "new")
        try world.write("say nothing", to: "script")
        #expect(try await world.require(top) == "1 nothing new")
    }

    @Test func namesThatCannotBeLookedAtFromTheRootAreLeftToOthers() {
        var names = FileNames()
        for (resource, name) in ["a", "", "../b", ".", "c\u{0}d", "/e", "f/g"].enumerated() {
            let isAdded = names.add(ResourceID(resource), name.utf8)
            #expect(isAdded == ["a", "/e", "f/g"].contains(name), "\(name)")
        }
        var found: [String] = []
        names.withEach { found.append(String(cString: $0)) }
        #expect(found == ["a", "/e", "f/g"])
        #expect(names.resources == [0, 5, 6])
    }
}
