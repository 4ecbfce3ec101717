#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A growing column whose elements never move.
///
/// Elements lie in chunks, each twice as large as the one before, so growing copies nothing, costs no second copy in
/// memory, and an element's address stays valid. An index is split into chunk and offset with one count of leading
/// zeros.
// SAFETY: a column is memory without synchronisation of its own. It is owned by a value that says who may touch it:
// most columns belong to `EngineState` and are used under the engine's lock. Indices are checked in debug builds;
// they come from the columns themselves, never from users.
@usableFromInline
struct StableColumn<Element>: ~Copyable {
    @usableFromInline let directory: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>
    @usableFromInline let counter: UnsafeMutablePointer<Int>

    /// The first chunk holds 2^6 elements.
    @usableFromInline static var firstChunkBits: Int { 6 }
    @usableFromInline static var chunkLimit: Int { 34 }

    @usableFromInline
    init() {
        directory = .allocate(capacity: Self.chunkLimit)
        directory.initialize(repeating: nil, count: Self.chunkLimit)
        counter = .allocate(capacity: 1)
        counter.initialize(to: 0)
    }

    deinit {
        var left = counter.pointee
        for chunk in 0..<Self.chunkLimit {
            guard let start = directory[chunk] else { break }
            let used = min(left, 1 << (chunk + Self.firstChunkBits))
            start.deinitialize(count: used)
            start.deallocate()
            left -= used
        }
        directory.deallocate()
        counter.deallocate()
    }

    /// The number of elements.
    @inlinable var count: Int { counter.pointee }

    /// The address of an element, valid as long as the column.
    @inlinable
    func address(_ index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < counter.pointee, "column index out of range")
        return publishedAddress(UInt32(truncatingIfNeeded: index))
    }

    /// The address of an element that is known to be there; unlike ``address(_:)`` it reads nothing that growing
    /// writes.
    @inlinable
    func publishedAddress(_ index: UInt32) -> UnsafeMutablePointer<Element> {
        addresses.publishedAddress(index)
    }

    /// Where the elements are, for who has no access to the column itself; valid as long as it is.
    @inlinable var addresses: Addresses { Addresses(directory: directory) }

    /// Where the elements of a column are.
    // SAFETY: `@unchecked` because of the pointers. Who holds the addresses keeps the column, and reads without the
    // lock only what was written before the element's index was published, and is never written again.
    @usableFromInline
    struct Addresses: @unchecked Sendable {
        @usableFromInline let directory: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>

        @inlinable
        init(directory: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>) {
            self.directory = directory
        }

        @inlinable
        func publishedAddress(_ index: UInt32) -> UnsafeMutablePointer<Element> {
            let shifted = UInt(index) &+ (1 << UInt(StableColumn.firstChunkBits))
            let bits = UInt.bitWidth - 1 - shifted.leadingZeroBitCount
            let chunk = directory[bits - StableColumn.firstChunkBits].unsafelyUnwrapped
            return chunk + Int(bitPattern: shifted ^ (1 << UInt(bits)))
        }
    }

    @inlinable
    subscript(index: Int) -> Element {
        get { address(index).pointee }
        nonmutating _modify { yield &address(index).pointee }
    }

    @inlinable
    subscript(index: UInt32) -> Element {
        get { address(Int(index)).pointee }
        nonmutating _modify { yield &address(Int(index)).pointee }
    }

    /// Adds an element at the end.
    ///
    /// - Complexity: O(1) amortised; nothing is moved.
    @inlinable
    func append(_ element: consuming Element) {
        let index = counter.pointee
        let shifted = UInt(bitPattern: index) &+ (1 << UInt(Self.firstChunkBits))
        let bits = UInt.bitWidth - 1 - shifted.leadingZeroBitCount
        let offset = Int(bitPattern: shifted ^ (1 << UInt(bits)))
        if offset == 0 { addChunk(bits - Self.firstChunkBits, size: 1 << bits) }
        (directory[bits - Self.firstChunkBits].unsafelyUnwrapped + offset).initialize(to: element)
        counter.pointee = index &+ 1
    }

    @usableFromInline
    func addChunk(_ chunk: Int, size: Int) {
        precondition(chunk < Self.chunkLimit, "a column holds at most 2^40 elements")
        // A chunk begins with a line of the cache: an element of 64 bytes is in one line, not in two.
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size * MemoryLayout<Element>.stride,
            alignment: max(64, MemoryLayout<Element>.alignment)
        )
        directory[chunk] = memory.bindMemory(to: Element.self, capacity: size)
    }
}

extension StableColumn where Element: BitwiseCopyable {
    /// Adds elements whose bytes are all zero, for a type of which that is a value.
    ///
    /// - Complexity: O(1) for each chunk: the system hands out zeroed pages, and only those that are touched.
    func appendZeroes(_ number: Int) {
        var left = number
        while left > 0 {
            let index = counter.pointee
            let shifted = UInt(bitPattern: index) &+ (1 << UInt(Self.firstChunkBits))
            let bits = UInt.bitWidth - 1 - shifted.leadingZeroBitCount
            let chunk = bits - Self.firstChunkBits
            let offset = Int(bitPattern: shifted ^ (1 << UInt(bits)))
            let added = min(left, 1 << bits - offset)
            if offset == 0 {
                precondition(chunk < Self.chunkLimit, "a column holds at most 2^40 elements")
                directory[chunk] = Self.zeroedChunk(1 << bits)
            } else {
                let start = directory[chunk].unsafelyUnwrapped + offset
                memset(start, 0, added * MemoryLayout<Element>.stride)
            }
            counter.pointee += added
            left -= added
        }
    }

    // SAFETY: memory of `calloc` is aligned for every type of the language and is given back by `free`, which is what
    // `deallocate` calls on the platforms that these imports are for.
    private static func zeroedChunk(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = calloc(capacity, MemoryLayout<Element>.stride) else {
            preconditionFailure("out of memory")
        }
        return memory.bindMemory(to: Element.self, capacity: capacity)
    }
}
