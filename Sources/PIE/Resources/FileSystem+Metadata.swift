#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileSystem {
    /// Looks at a file without opening it; a link is followed, and one that leads nowhere is a missing file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - now: A time before this call, to be shared by many looks; the earlier it is, the fewer stamps are trusted.
    /// - Returns: A stamp without a hash.
    /// - Throws: An error if the system will not tell.
    package func metadata(at file: File, now: Int64 = FileStamp.now()) throws(FileSystemError) -> FileStamp {
        var status = stat()
        let result = withPath(of: file) { path in retryingWhenInterrupted { stat(path, &status) } }
        if result == 0 { return FileStamp(status, now: now) }
        let code = errno
        if Self.meansMissing(code) { return .missing }
        throw error(.look, file, code: code)
    }

    /// Takes the stamp that a dependency with this stamper is recorded with: its bytes are read if they may be needed.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - stamper: What of the file matters.
    ///   - now: A time before this call.
    /// - Returns: The stamp.
    /// - Throws: An error if the system will not tell.
    package func stamp(
        at file: File,
        by stamper: FileStamper,
        now: Int64 = FileStamp.now()
    ) throws(FileSystemError) -> FileStamp {
        if stamper == .content { return try hash(at: file, now: now) }
        let stamp = try metadata(at: file, now: now)
        // What cannot be told from the metadata next time will have to be told from the bytes.
        let needsHash = stamper == .modified && stamp.isProvisional && stamp.kind == .regularFile
        return needsHash ? try hash(at: file, now: now) : stamp
    }

    /// Judges whether a recorded dependency still holds, reading the bytes only if the metadata leaves it open.
    ///
    /// - Parameters:
    ///   - recorded: The stamp that was recorded.
    ///   - file: The file.
    ///   - stamper: What of the file matters.
    ///   - now: A time before this call.
    /// - Returns: Whether it holds, and the stamp to record from now on.
    /// - Throws: An error if the system will not tell.
    package func check(
        _ recorded: FileStamp,
        of file: File,
        by stamper: FileStamper,
        now: Int64 = FileStamp.now()
    ) throws(FileSystemError) -> (holds: Bool, stamp: FileStamp) {
        var present = try metadata(at: file, now: now)
        var verdict = recorded.matches(present, by: stamper)
        if verdict == .needsContent {
            present = try hash(at: file, now: now)
            verdict = recorded.matches(present, by: stamper)
        }
        return verdict == .same ? (true, recorded.settled(by: present)) : (false, present)
    }
}
