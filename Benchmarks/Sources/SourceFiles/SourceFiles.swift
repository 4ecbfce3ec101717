/// The files that the workload `files` builds from: 1,024 bytes each, in folders of 1,000.
///
/// Known to the benchmark, which makes and edits them, and to the program that it starts for each measurement.
package enum SourceFiles {
    /// How many files one folder has.
    package static let folderSize = 1_000

    /// How many bytes one file has.
    package static let fileSize = 1_024

    /// How many folders a number of files takes.
    package static func folders(_ count: Int) -> Int { (count + folderSize - 1) / folderSize }

    /// The files of a folder.
    package static func files(inFolder folder: Int, of count: Int) -> Range<Int> {
        folder * folderSize..<min(count, (folder + 1) * folderSize)
    }

    /// The name of a folder, relative to the root.
    package static func folder(_ folder: Int) -> String { "src/" + padded(folder, 4) }

    /// The name of a file in its folder.
    package static func name(_ file: Int) -> String { padded(file % folderSize, 3) + ".txt" }

    /// The name of a file, relative to the root.
    package static func path(_ file: Int) -> String { folder(file / folderSize) + "/" + name(file) }

    /// What a task makes of a file: the FNV-1a hash of its bytes, in upper case.
    package static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            let isLower = UInt8(ascii: "a") <= byte && byte <= UInt8(ascii: "z")
            hash = (hash ^ UInt64(isLower ? byte & 0xdf : byte)) &* 0x0000_0100_0000_01b3
        }
        return hash
    }

    /// What a task makes of the values of those that it requires.
    package static func fold(_ values: [UInt64]) -> UInt64 { values.reduce(0) { $0 &* 31 &+ $1 } }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
