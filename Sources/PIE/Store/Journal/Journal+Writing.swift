extension Journal {
    /// How long records may wait for the next group.
    package static var groupInterval: Duration { .seconds(1) }

    /// The number of bytes from which on records wait for nothing.
    package static var groupSize: Int { 1 << 20 }

    /// Appends a record to the next group; nothing is written.
    ///
    /// - Throws: An error if the record is too large, or the file can no longer be used.
    package mutating func append(type: UInt8, _ payload: UnsafeRawBufferPointer) throws(StoreError) {
        if let failure { throw failure }
        guard pending.append(type: type, payload) else {
            throw StoreError(.recordTooLarge(payload.count), path: file.path)
        }
    }

    /// Appends a record to the next group; nothing is written.
    ///
    /// - Throws: An error if the record is too large, or the file can no longer be used.
    package mutating func append(type: UInt8, _ payload: [UInt8]) throws(StoreError) {
        if let failure { throw failure }
        guard payload.withUnsafeBytes({ pending.append(type: type, $0) }) else {
            throw StoreError(.recordTooLarge(payload.count), path: file.path)
        }
    }

    /// Appends records that were collected elsewhere to the next group; nothing is written.
    ///
    /// - Throws: An error if the file can no longer be used; the records are then nowhere.
    package mutating func append(_ group: JournalGroup) throws(StoreError) {
        if let failure { throw failure }
        pending.append(group)
    }

    /// Whether so many records wait that they are better written than kept.
    var isLarge: Bool { pending.count >= Self.groupSize }

    /// Whether there are records that should be written now: many, or the last group is a second old.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - interval: How long records may wait.
    /// - Returns: Whether ``flush(_:at:)`` should be called.
    package func isDue(at now: ContinuousClock.Instant, every interval: Duration = groupInterval) -> Bool {
        guard hasPendingRecords else { return false }
        guard !isLarge, let lastFlush else { return true }
        return now - lastFlush >= interval
    }

    /// Writes the records that were appended, with one call, behind the note that their session has begun.
    ///
    /// - Parameters:
    ///   - durability: What they are to survive, together with what was written before.
    ///   - now: The time, for ``isDue(at:every:)``.
    /// - Throws: What the system refused. After a write that failed the records are still to be written.
    package mutating func flush(_ durability: Durability, at now: ContinuousClock.Instant = .now) throws(StoreError) {
        if let failure { throw failure }
        if hasPendingRecords {
            try beginSession(max(durability, .synced))
            try writePending()
            lastFlush = now
        }
        try sync(durability)
    }

    /// Notes that a session has begun, unless that was noted.
    ///
    /// - Parameter durability: What the note is to survive; before the first record is written it is synced anyway.
    /// - Throws: What the system refused.
    package mutating func beginSession(_ durability: Durability = .synced) throws(StoreError) {
        if let failure { throw failure }
        if !isInSession {
            var note = JournalGroup.beginningOfSession()
            try write(&note)
            // The note is there, also if syncing fails.
            isInSession = true
            isNoteUnsynced = true
        }
        if isNoteUnsynced { try sync(durability) }
    }

    /// Writes what is left of a session, and that it ended; nothing if it did not begin and has no records.
    ///
    /// - Parameters:
    ///   - durability: What all of it is to survive.
    ///   - now: The time, for ``isDue(at:every:)``.
    /// - Throws: What the system refused. After a write that failed the session goes on, and can be ended again.
    package mutating func endSession(
        _ durability: Durability,
        at now: ContinuousClock.Instant = .now
    ) throws(StoreError) {
        if let failure { throw failure }
        guard isInSession || hasPendingRecords else { return }
        try beginSession(max(durability, .synced))
        let count = pending.count
        pending.append(.sessionEnded)
        do throws(StoreError) {
            try writePending()
        } catch {
            pending.shorten(to: count)
            throw error
        }
        isInSession = false
        lastFlush = now
        try sync(durability)
    }

    /// Writes what is pending, which stays so if that fails.
    private mutating func writePending() throws(StoreError) {
        // Taken out, for a group is not written while it can be changed, and not copied.
        var group = JournalGroup()
        swap(&group, &pending)
        defer { swap(&group, &pending) }
        try write(&group)
        group.removeAll()
    }

    /// Writes a group behind the valid bytes, over whatever an attempt that failed has left there.
    private mutating func write(_ group: inout JournalGroup) throws(StoreError) {
        let last = group.seal(after: checksum)
        try group.withBytes { (bytes) throws(StoreError) in try file.write(bytes, at: end) }
        end += group.count
        checksum = last
        isUnsynced = true
    }

    private mutating func sync(_ durability: Durability) throws(StoreError) {
        guard isUnsynced, durability > .written else { return }
        do throws(StoreError) {
            try file.sync(durability)
        } catch {
            failure = error
            throw error
        }
        isUnsynced = false
        isNoteUnsynced = false
    }
}
