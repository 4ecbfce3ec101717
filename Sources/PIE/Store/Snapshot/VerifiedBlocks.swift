import Synchronization

/// The blocks of a snapshot whose checksums were compared: a bit for each, for all threads.
///
/// The bits are read and set without any order between them and other memory. They need none: what a bit says is about
/// bytes that were there before the first thread looked, and never change. Whoever sees a bit too late compares the
/// checksum of the block once more, which does no harm.
// SAFETY: `@unchecked` because of the pointer. The words belong to this value alone, are atomic, and live until its
// deinit, which nothing can overlap.
struct VerifiedBlocks: ~Copyable, @unchecked Sendable {
    private let words: UnsafeMutableBufferPointer<Atomic<UInt64>>

    /// Creates a set in which no block is.
    ///
    /// - Parameter count: The number of blocks.
    init(count: Int) {
        words = .allocate(capacity: (count + 63) / 64)
        for index in words.indices { words.initializeElement(at: index, to: Atomic(0)) }
    }

    deinit {
        words.deinitialize()
        words.deallocate()
    }

    /// The number of blocks in it.
    var count: Int {
        words.indices.reduce(0) { $0 + words[$1].load(ordering: .relaxed).nonzeroBitCount }
    }

    /// Whether a block is in it.
    func contains(_ block: Int) -> Bool {
        words[block / 64].load(ordering: .relaxed) & 1 << UInt64(block % 64) != 0
    }

    /// Inserts a block.
    func insert(_ block: Int) {
        words[block / 64].bitwiseOr(1 << UInt64(block % 64), ordering: .relaxed)
    }
}
