import Foundation
import Testing

@testable import Pie

@Test func aFileThatComesOrGoesChangesEveryStamp() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let files = FileSystem(root: folder.path)
    for stamper in [FileStamper.exists, .modified, .content] {
        let before = try files.stamp(of: "a.txt", by: stamper)
        try folder.write("", to: "a.txt")
        #expect(try files.stamp(of: "a.txt", by: stamper) != before)
        try folder.delete("a.txt")
        #expect(try files.stamp(of: "a.txt", by: stamper) == before)
    }
}

@Test func newContentsChangeTheStampOfTheContentsAlone() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let files = FileSystem(root: folder.path)
    let date = Date(timeIntervalSince1970: 1_000_000)

    func stamps() throws -> [FileStamp] {
        try [.exists, .modified, .content].map { try files.stamp(of: "a.txt", by: $0) }
    }

    try folder.write("one", to: "a.txt")
    try folder.touch("a.txt", at: date)
    let before = try stamps()
    try folder.write("two", to: "a.txt")
    try folder.touch("a.txt", at: date)
    let after = try stamps()

    #expect(before[0] == after[0])
    #expect(before[1] == after[1])
    #expect(before[2] != after[2])
}
