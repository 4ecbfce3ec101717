import Foundation
import SourceFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A temporary folder with source files, and what the tasks should make of them by a plain computation.
struct SourceProject {
    let count: Int
    let folder: TemporaryFolder

    var root: String { folder.path }

    /// What the task of each file gives.
    private(set) var values: [UInt64] = []

    private var isEdited: [Bool]
    private var edits = 0

    /// Makes the folder and its files.
    init(count: Int) throws {
        folder = try TemporaryFolder()
        self.count = count
        isEdited = Array(repeating: false, count: count)
        values.reserveCapacity(count)
        for number in 0..<SourceFiles.folders(count) { try folder.makeFolder(SourceFiles.folder(number)) }
        for file in 0..<count {
            let bytes = bytes(of: file)
            values.append(SourceFiles.hash(bytes))
            try TemporaryFolder.write(bytes, to: "\(root)/\(SourceFiles.path(file))")
        }
        folder.settle()
    }

    // MARK: Files

    /// What a file contains.
    func bytes(of file: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: file) &* 0x9e37_79b9_7f4a_7c15
        var bytes = (0..<SourceFiles.fileSize)
            .map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(ascii: "a") + UInt8((state >> 33) % 26)
            }
        bytes[0] = UInt8(ascii: isEdited[file] ? "1" : "0")
        return bytes
    }

    /// A file that is far from those before, for many numbers in a row.
    func file(_ number: Int) -> Int { number &* 611_953 % count }

    /// Changes the first byte of a file, which keeps its size: another one each time.
    ///
    /// - Returns: The file.
    mutating func edit() throws -> Int {
        edits += 1
        let file = file(edits)
        isEdited[file].toggle()
        let bytes = bytes(of: file)
        values[file] = SourceFiles.hash(bytes)
        try TemporaryFolder.write([bytes[0]], to: "\(root)/\(SourceFiles.path(file))")
        return file
    }

    /// What the task above all others gives.
    func result(_ shape: BuildShape) -> UInt64 {
        if shape != .tree { return SourceFiles.fold(values) }
        let folders = 0..<SourceFiles.folders(count)
        return SourceFiles.fold(
            folders.map { SourceFiles.fold(Array(values[SourceFiles.files(inFolder: $0, of: count)])) }
        )
    }

    // MARK: Stores

    /// The path of a store.
    func store(_ shape: BuildShape) -> String { "\(root)/store-\(shape.rawValue)" }

    func removeStore(_ shape: BuildShape) { try? FileManager.default.removeItem(atPath: store(shape)) }

    /// The number of bytes in the files of a store.
    func storeSize(_ shape: BuildShape) -> Int { files(shape).reduce(0) { $0 + Int($1.value.st_size) } }

    /// What would be different if something was written to a store.
    ///
    /// The file of the lock is left out: it names its holder.
    func pictureOfStore(_ shape: BuildShape) -> [String: [Int]] {
        var files = files(shape)
        files["lock"] = nil
        return files.mapValues { status in
            #if canImport(Darwin)
                let time = status.st_mtimespec
            #else
                let time = status.st_mtim
            #endif
            return [Int(status.st_size), Int(status.st_ino), time.tv_sec, time.tv_nsec]
        }
    }

    private func files(_ shape: BuildShape) -> [String: stat] {
        var files: [String: stat] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: store(shape))) ?? [] {
            var status = stat()
            if stat("\(store(shape))/\(name)", &status) == 0 { files[name] = status }
        }
        return files
    }
}
