/// Something about the store of a ``Pie`` that its user may want to know; a build goes on in each case.
public enum StoreNotice: Sendable, Hashable {
    /// A file of the store is damaged, of another format, or not what it should be: it was kept under another name, and
    /// what it had to say beyond its valid beginning is made anew.
    case keptAside(file: String, as: String, why: String)

    /// Something in a snapshot turned out to be damaged when it was needed: it is made anew.
    case damaged(String)

    /// The last process ended in the midst of a session: the next update checks all that is observed.
    case unfinished

    /// The store contains tasks of a type that the program has not told: they are kept as they are.
    case unknownType(String)

    /// A task, or an output, of a type does not decode: it is made anew.
    case undecodable(type: String, Part)

    /// A task, or an output, of a type cannot be encoded: the store does without it.
    case unencodable(type: String, Part)

    /// Something could not be written; it is tried again with what comes next.
    case notWritten(String)

    /// What of a task is meant.
    public enum Part: String, Sendable {
        case task
        case output
    }
}

extension StoreNotice: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .keptAside(let file, let name, let why): "\(file) \(why); it is kept as \(name)"
        case .damaged(let what): what
        case .unfinished: "the last session did not come to its end: all that is observed is checked"
        case .unknownType(let type): "tasks of the unknown type \(type) are kept as they are"
        case .undecodable(let type, let part): "the \(part.rawValue) of a \(type) does not decode, and is made anew"
        case .unencodable(let type, let part): "the \(part.rawValue) of a \(type) cannot be encoded, and is not stored"
        case .notWritten(let what): "the store was not written: \(what)"
        }
    }
}
