extension DurableFile {
    /// Keeps what is in a file under a second name, from which nothing will replace it.
    ///
    /// The file stays under its own name too, to be replaced next: so no crash leaves the store without it.
    ///
    /// - Parameters:
    ///   - path: The path of a damaged file.
    ///   - system: The system calls.
    /// - Returns: The path of what is kept, `….damaged-1` or with the next free number.
    /// - Throws: An error if neither linking nor copying it succeeds; the file is then untouched.
    package static func keepAside(_ path: String, system: StoreSystem = .live) throws(StoreError) -> String {
        let (folder, name) = split(path)
        let prefix = name + ".damaged-"
        let numbers = try names(in: folder, system: system).compactMap { name in
            name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
        }
        // A number that somebody wrote there by hand may be the largest that there is.
        var number = 1
        let taken = Set(numbers)
        while taken.contains(number) { number += 1 }
        let aside = folder + "/" + prefix + String(number)
        do throws(SystemFailure) {
            try system.linkFile(path, aside)
        } catch {
            // Not every file system has second names.
            let bytes = try MappedFile(path, system: system)
            try bytes.withBytes { (bytes) throws(StoreError) in
                try replace(aside, system: system) { (writer) throws(StoreError) in try writer.append(bytes) }
            }
        }
        return aside
    }
}
