// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R9_Folders {
    @Test(arguments: [FileStamper.exists, .modified, .content], [true, false])
    func R9_a_folder_in_the_place_of_a_file_is_a_change(stamper: FileStamper, isUpdate: Bool) async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .attempt([.read("f", stamper)]))
        try await world.require(read)
        try world.remove("f")
        try world.folder.createFolder("f")
        if isUpdate { try await world.update("f") } else { try await world.require(read) }
        let fresh = try await world.fresh(read)
        #expect(world.pie.lastOutput(of: read) == fresh)
        #expect(fresh == "caught")
        try world.folder.move("f", to: "g")
        try world.write("2", to: "f")
        if isUpdate { try await world.update("f") } else { try await world.require(read) }
        #expect(world.pie.lastOutput(of: read) == "2")
    }
}
