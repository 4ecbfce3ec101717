/// A mistake that the engine can be made to have, to see that the oracle of the tests finds it.
///
/// In a debug build the environment variable `PIE_MUTATION` names the one that a process has. Each is one condition at
/// the place where the mistake would be made. A release build has none, nor the names: hence not `package`, since what
/// only this module can see is left out where nothing uses it.
enum Mutation: String, CaseIterable {
    // MARK: Checking

    /// A file that a task has read counts as unchanged.
    case readFilesNotChecked

    /// A file that a task has provided counts as unchanged.
    case providedFilesNotChecked

    /// Only the first dependency of a task is checked.
    case onlyFirstDependencyChecked

    /// Dependencies are checked from the last to the first.
    case dependenciesCheckedBackwards

    /// A task that was consistent in an earlier session counts as consistent.
    case earlierSessionsTrusted

    /// An output counts as made by the present version of its type.
    case versionsIgnored

    /// A task that another requirer executes at the moment is executed a second time.
    case executedBesideAnother

    /// A task that has failed is executed again for the next requirer.
    case failedTasksRepeated

    /// A task whose execution is asked for is only checked.
    case forcingIgnored

    /// Each execution is explained as the first one.
    case reasonsForgotten

    /// A check that needs no look at the world trusts what an earlier session has seen.
    case settledUnseen

    // MARK: Recording

    /// Requirements of one task with several stampers are recorded as one.
    case laterStampersDropped

    /// A requirement of a part of an output is recorded as one of the whole.
    case partsRecordedAsWhole

    /// Nothing says which requests had been answered when another was made.
    case barriersForgotten

    /// The outputs of a group are handed out in the wrong order.
    case groupAnswersReversed

    /// A task is told the output that this session has given it as the one before.
    case previousOutputIsPresent

    // MARK: Committing

    /// Each new output counts as equal to the one before.
    case outputsAlwaysEqual

    /// Each new output counts as different from all before.
    case outputsNeverEqual

    /// An output that somebody has seen before counts as a new one.
    case olderOutputsForgotten

    /// What a failed execution recorded replaces the record of the last success.
    case failuresCommitted

    /// What a cancelled execution recorded replaces the record of the last success.
    case cancellationsCommitted

    /// What executes when another session takes over counts as done.
    case supersededExecutionsCommitted

    /// A link to a target takes the place of those before it.
    case earlierLinksDropped

    /// Links of dependencies that are gone stay.
    case unlinkingForgotten

    /// A task does not rise above a dependency that it gains.
    case levelsNotRaised

    /// A file that a task provides gets no provider.
    case providersForgotten

    // MARK: Observing

    /// What an observed task has come to require is not observed.
    case newObserversForgotten

    /// What an observed task no longer requires stays observed.
    case goneObserversKept

    /// A task that is not observed any more counts as kept up to date.
    case unobservedTasksTrusted

    /// What is required without being observed is observed all the same.
    case requiredTasksObserved

    /// Tasks that observe each other in a circle stay observed.
    case circlesKept

    // MARK: Updating

    /// No task is left to the next update.
    case pendingTasksForgotten

    /// What an update has put in line and not come to is forgotten.
    case restOfLineForgotten

    /// What a cancelled update was told is forgotten.
    case cancelledUpdatesForgotten

    /// An output that changed outside of an update puts nobody in line.
    case changedOutputsForgotten

    /// A requirer with a stamper is never put in line.
    case stampersNeverDiffer

    /// A task counts as consistent whatever is in line below it.
    case shadowsIgnored

    /// A file that was edited does not lead to its provider.
    case providersNotScheduled

    /// The readers of a file that a task has written are not put in line.
    case readersOfProvidedNotScheduled

    /// An input that was set is not looked at.
    case inputsNotNoticed

    /// A listing that a file may have entered or left is not looked at.
    case listingsNotNoticed

    /// A buffer that was set or taken away is not looked at.
    case buffersNotNoticed

    /// Who waits for an execution is not woken.
    case waitersForgotten

    // MARK: Files and buffers

    /// Tasks read the disk where a buffer lies over a file.
    case buffersIgnored

    /// Tasks read the buffer that lies over a file which a task provides.
    case buffersOverProvidedFiles

    /// A file counts as unchanged unless its modification time is later.
    case timesComparedByOrder

    /// A time that a second write could leave as it is counts as proof.
    case freshTimesTrusted

    /// Contents of the same size count as equal.
    case hashesIgnored

    /// Who reads a file need not have required its provider.
    case hiddenReadsAllowed

    /// A file may have two providers.
    case overlapsAllowed

    // MARK: Garbage

    /// A file is deleted that somebody has edited since a task left it.
    case editedFilesDeleted

    /// A file is deleted that a task reads.
    case usedFilesDeleted

    /// A task that is forgotten goes on providing its files.
    case forgottenTasksProvide

    // MARK: The store

    /// The last record of a group is not written.
    case lastRecordLost

    /// What is pending is not written.
    case pendingNotStored

    /// Which outputs have changed outside of an update is not written.
    case changedNotStored

    /// Which files nobody provides any more is not written.
    case orphansNotStored

    /// Outputs that are not present any more are not written.
    case olderOutputsNotStored

    /// What has been seen by a record of the journal that stays bytes is not counted.
    case seenInBytesNotCounted

    /// Folding loses who reads a file.
    case foldingLosesReaders

    /// That a session has ended is not written.
    case sessionEndsNotNoted

    /// A session that did not come to its end counts as whole.
    case unfinishedSessionsTrusted
}

extension Mutation {
    #if DEBUG
        /// The mistake that this process has, if the environment names one.
        static let present = ConsoleOutput.environment("PIE_MUTATION").flatMap(Mutation.init)

        /// Whether this process has a mistake.
        @inline(__always)
        static func isOn(_ mutation: Mutation) -> Bool {
            guard let present else { return false }
            return present == mutation
        }

        /// Whether this process has a mistake that is not one of checks which are over at once: they are left out then,
        /// since they have no place for it.
        static var concernsChecks: Bool { present != nil && present != .settledUnseen }
    #else
        /// Whether this process has a mistake; no release build has.
        @inline(__always)
        static func isOn(_ mutation: Mutation) -> Bool { false }

        @inline(__always)
        static var concernsChecks: Bool { false }
    #endif
}
