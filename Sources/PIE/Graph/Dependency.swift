/// One recorded dependency: 40 bytes in the arena, and a link in the list of its target's dependents.
struct Dependency {
    /// The task or resource it is on.
    var target: UInt32 = 0

    /// The task that has it.
    var owner: TaskID = 0

    /// The neighbours in the target's list of dependents; in a free range, the next free range.
    var next: DependencyID = 0
    var previous: DependencyID = 0

    /// What was seen: a version of an output, or an observation of a resource.
    var seen: UInt32 = 0

    /// The stamper or projection, and where its stamp is kept; 0: whole outputs are compared.
    var stamper: StamperID = 0
    var stamp: UInt32 = 0

    /// How many of the earlier dependencies must hold before this one may be looked at.
    ///
    /// They had been answered when it was asked for; dependencies with one barrier were asked for at once.
    var barrier: UInt32 = 0

    var kind: Kind = .require

    /// Set where nothing can make it hold: the required task failed, or a file changed while the task ran.
    var never = false

    /// What the dependency is on, and for what.
    enum Kind: UInt8 {
        /// A task's output.
        case require
        /// A file's existence, metadata or contents, read through the context.
        case readExists
        case readModified
        case readContent
        /// A file's existence, metadata or contents on disk, read by another program.
        case dependExists
        case dependModified
        case dependContent
        /// A file that the task itself provides.
        case provide
        /// Another resource.
        case resource

        init(_ stamper: FileStamper, onDisk: Bool) {
            self =
                switch stamper {
                case .exists: onDisk ? .dependExists : .readExists
                case .modified: onDisk ? .dependModified : .readModified
                case .content: onDisk ? .dependContent : .readContent
                }
        }

        /// How a file's stamps are compared.
        var stamper: FileStamper {
            switch self {
            case .readExists, .dependExists: .exists
            case .readModified, .dependModified: .modified
            case .require, .readContent, .dependContent, .provide, .resource: .content
            }
        }

        /// Whether the dependency is on a file that the task did not make.
        var isRead: Bool {
            switch self {
            case .readExists, .readModified, .readContent, .dependExists, .dependModified, .dependContent: true
            case .require, .provide, .resource: false
            }
        }

        /// Whether another program reads the file while the task runs.
        var isOnDisk: Bool { self == .dependExists || self == .dependModified || self == .dependContent }
    }
}
