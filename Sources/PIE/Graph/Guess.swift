/// Which key of an ``InternTable`` is probably looked for next: the one after the last one, the same again, or any.
@usableFromInline
struct Guess: Equatable {
    /// How the last two keys lay to each other.
    @usableFromInline
    enum Step: UInt32 {
        case unknown
        case forward
        case none
    }

    /// The step in the upper half, the index of the last key in the lower.
    @usableFromInline let bits: UInt64

    @inlinable
    init(bits: UInt64) {
        self.bits = bits
    }

    @inlinable
    init(last: UInt32, step: Step) {
        bits = UInt64(step.rawValue) << 32 | UInt64(last)
    }

    /// The index of the key found last.
    @inlinable var last: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// The index of the key that is expected; `nil` if it may be any.
    @inlinable var index: UInt32? {
        switch UInt32(truncatingIfNeeded: bits >> 32) {
        case Step.forward.rawValue: last &+ 1
        case Step.none.rawValue: last
        default: nil
        }
    }

    /// What to expect after a key was found.
    @inlinable
    func following(_ index: UInt32) -> Guess {
        switch index &- last {
        case 0: Guess(last: index, step: .none)
        case 1: Guess(last: index, step: .forward)
        default: Guess(last: index, step: .unknown)
        }
    }
}
