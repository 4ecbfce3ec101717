/// Where the results of a build are kept.
public enum StoreLocation: Sendable {
    /// In the memory of this process.
    case inMemory

    /// In a folder, which is made if it is not there; a relative path is one from the working folder of the process.
    ///
    /// One process at a time writes there.
    case directory(String, StoreAccess = .exclusive)
}

/// How a store in a folder is opened, since one process at a time writes to it.
public enum StoreAccess: Sendable, Hashable {
    /// To read and write; an error that names the other process if another one has it.
    case exclusive

    /// To read and write; waits at most as long for another process that has it. The calling thread is blocked.
    case waiting(atMost: Duration)

    /// To read what is there, also while another process writes; what this process makes is kept in memory.
    case readOnly
}
