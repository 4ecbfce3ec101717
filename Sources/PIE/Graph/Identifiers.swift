/// The dense id of a task in an engine; 0 stands for no task.
@usableFromInline typealias TaskID = UInt32

/// The dense id of a resource in an engine; 0 stands for no resource.
@usableFromInline typealias ResourceID = UInt32

/// The place of a dependency in the arena; 0 stands for none.
@usableFromInline typealias DependencyID = UInt32

/// The place of a claim in the engine's slab; 0 stands for none: the host, or an update.
@usableFromInline typealias ClaimID = UInt32

/// The id of a stamper or projection; 0 stands for comparing whole outputs.
@usableFromInline typealias StamperID = UInt32

/// The number of a session of one engine; 0 stands for never.
@usableFromInline typealias Epoch = UInt32

extension UInt32 {
    /// Counts one less, of a number that a store may have said too low: never below zero.
    mutating func lower() {
        if self > 0 { self -= 1 }
    }
}
