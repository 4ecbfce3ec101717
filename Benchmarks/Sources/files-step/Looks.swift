import Dispatch
import SourceFiles
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looking at all files with nothing but the calls of the system: what no build tool can do without.
enum Looks {
    /// Looks at each file by its name in the opened folder, on some threads.
    ///
    /// - Returns: How many files are there.
    static func take(_ root: String, _ count: Int, threads: Int) -> Int {
        let next = Atomic<Int>(0)
        let found = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let folder = next.add(1, ordering: .relaxed).oldValue
                if folder >= SourceFiles.folders(count) { break }
                found.add(look(root, folder, count), ordering: .relaxed)
            }
        }
        return found.load(ordering: .sequentiallyConsistent)
    }

    private static func look(_ root: String, _ folder: Int, _ count: Int) -> Int {
        let descriptor = open(root + "/" + SourceFiles.folder(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { return 0 }
        defer { close(descriptor) }
        var found = 0
        for file in SourceFiles.files(inFolder: folder, of: count) {
            var status = stat()
            if fstatat(descriptor, SourceFiles.name(file), &status, 0) == 0 { found += 1 }
        }
        return found
    }
}
