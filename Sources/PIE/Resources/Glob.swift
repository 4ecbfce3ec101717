/// A pattern for names; see ``DirectoryListing`` for what may stand in it.
///
/// A pattern is compiled into the program of a machine that is in several places of it at once, so that no pattern
/// takes longer than the product of the lengths of pattern and name: there is no going back. Any string is a pattern;
/// a bracket or a brace that nothing closes stands for itself.
package struct Glob: Sendable {
    /// The pattern as it was given.
    package let pattern: String

    /// Whether the whole path is compared, not its last component alone.
    package let isAnchored: Bool

    /// The compiled pattern.
    let program: [Instruction]

    /// One place of the program; the next one follows unless it says otherwise.
    enum Instruction: Sendable {
        /// Takes this character.
        case literal(Unicode.Scalar)
        /// Takes any character but `/`.
        case any
        /// Takes any character.
        case anyWithSlash
        /// Takes one of these characters or, if negated, any other; never `/`.
        case oneOf([ClosedRange<UInt32>], isNegated: Bool)
        /// Goes on here and there.
        case split(Int, Int)
        /// Goes on there.
        case jump(Int)
    }

    /// Compiles a pattern.
    package init(_ pattern: String) {
        self.pattern = pattern
        let compiler = GlobCompiler(pattern)
        program = compiler.program
        isAnchored = compiler.isAnchored
    }
}

extension Glob: Hashable {
    package static func == (left: Glob, right: Glob) -> Bool {
        left.pattern.hasSameBytes(as: right.pattern)
    }

    package func hash(into hasher: inout Hasher) {
        pattern.hashBytes(into: &hasher)
    }
}
