/// What bytes that were written are to survive.
package enum Durability: Int, Comparable, Sendable {
    /// The end of the process, however it comes: the system has them.
    case written

    /// The end of the system: they were sent to the disk. On Linux that empties the memory of the drive, too.
    case synced

    /// A power failure also where the system leaves what was synced in the memory of the drive, as macOS does.
    case fullySynced

    package static func < (first: Durability, second: Durability) -> Bool { first.rawValue < second.rawValue }
}
