/// One encoding while it grows: the bytes, and the containers that are open.
///
/// Containers are written where they are asked for, into one buffer: the innermost one is at its end. Whoever goes on
/// with an outer container closes those within. A container that is written to after that is rare but allowed, so such
/// an encoding is done again with containers in *fragments*, buffers of their own that are put in place at the end.
///
/// The buffer and the frames are memory of this class's own: an array in a class is checked for exclusive access, and
/// for being referenced once, at every byte.
// SAFETY: bytes are written below `capacity`, which `append` sees to; `size` only shrinks elsewhere, and the lead of a
// frame, written in `closeContainer`, lies below it. Frames are written below the limit of the depth, which `open` sees
// to; a `Place` is looked up after its level was compared with `depth`. Both hold trivial values alone.
final class EncodingState {
    /// What has been written into a frame.
    enum Kind: UInt8 {
        case empty
        case single
        case keyed
        case list
        /// Bytes that were given at once; one element more makes it a list.
        case bytes
    }

    /// An open container, or a value that has not asked for one yet.
    struct Frame {
        let serial: Int
        /// Where the lead is, or will be.
        let start: Int
        var kind = Kind.empty
        var count = 0
        /// The first fields of the table that were written.
        var fields: UInt64 = 0
        /// The field that was written last.
        var field = 0
    }

    /// Names a frame: the level is used again after it was closed, the serial is not.
    struct Place {
        let level: Int
        let serial: Int

        /// A container that cannot be written to, because something failed where nothing could be thrown.
        static let nowhere = Place(level: 0, serial: 0)
    }

    /// What to go back to when a value could not be encoded.
    struct Mark {
        let bytes: Int
        let fragments: Int
    }

    let names: NameTable
    var userInfo: [CodingUserInfoKey: Any]
    let depthLimit: Int
    let baseDepth: Int
    let basePath: [any CodingKey]

    /// The buffer, and how much of it is in use.
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity = 1_024
    var size = 0

    /// The frames, of which the outermost ``depth`` are open.
    let frames: UnsafeMutablePointer<Frame>
    var depth = 0

    var kinds = TypeKindCache()

    /// What failed where nothing could be thrown.
    var failure: (any Error)?

    /// Whether nested containers get fragments.
    var usesFragments = false
    /// Whether a container was written to after it was closed.
    private(set) var needsFragments = false
    private var fragments: [(level: Int, offset: Int, state: EncodingState)] = []
    private var serial = 0

    init(
        names: NameTable,
        userInfo: [CodingUserInfoKey: Any],
        depthLimit: Int,
        baseDepth: Int = 0,
        basePath: [any CodingKey] = []
    ) {
        self.names = names
        self.userInfo = userInfo
        self.depthLimit = depthLimit
        self.baseDepth = baseDepth
        self.basePath = basePath
        base = .allocate(capacity: capacity)
        frames = .allocate(capacity: max(1, depthLimit - baseDepth))
    }

    deinit {
        base.deallocate()
        frames.deallocate()
    }

    /// Forgets everything that belongs to one encoding.
    func reset() {
        size = 0
        depth = 0
        fragments = []
        failure = nil
        needsFragments = false
    }

    // MARK: Bytes

    /// What was written so far.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: size) }

    @inline(__always)
    func append(_ byte: UInt8) {
        if size == capacity { grow(to: size + 1) }
        base[size] = byte
        size &+= 1
    }

    @inline(__always)
    func append(contentsOf bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        if capacity - size < bytes.count { grow(to: size + bytes.count) }
        UnsafeMutableRawPointer(base + size).copyMemory(from: source, byteCount: bytes.count)
        size += bytes.count
    }

    /// Moves what comes from an offset on back, and puts other bytes in between.
    private func insert(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
        let tail = Array(self.bytes[offset...])
        size = offset
        append(contentsOf: UnsafeRawBufferPointer(bytes))
        tail.withUnsafeBytes { append(contentsOf: $0) }
    }

    @inline(never)
    private func grow(to needed: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(needed, capacity * 2))
        larger.update(from: base, count: size)
        base.deallocate()
        base = larger
        capacity = max(needed, capacity * 2)
    }

    // MARK: Frames

    /// Opens a frame at the end of the buffer.
    func open() throws -> Place {
        guard depth + baseDepth < depthLimit else { throw tooDeep() }
        serial += 1
        frames[depth] = Frame(serial: serial, start: size)
        depth += 1
        return Place(level: depth - 1, serial: serial)
    }

    /// Closes the frames from a level on.
    @inline(__always)
    func close(to level: Int) {
        while depth > level { closeLast() }
    }

    private func closeLast() {
        depth -= 1
        let frame = frames[depth]
        if !fragments.isEmpty { placeFragments() }
        switch frame.kind {
        case .empty: append(Lead.keyed)
        case .keyed: closeContainer(frame, Lead.keyed, end: 0)
        case .list: closeContainer(frame, Lead.list, end: Lead.end)
        case .single, .bytes: break
        }
    }

    @inline(__always)
    private func closeContainer(_ frame: Frame, _ lead: UInt8, end: UInt8) {
        if frame.count < Int(Lead.uncounted) {
            base[frame.start] = lead + UInt8(truncatingIfNeeded: frame.count)
        } else {
            base[frame.start] = lead + Lead.uncounted
            append(end)
        }
    }

    /// Makes a frame the innermost one again.
    @inline(__always)
    func resume(_ place: Place) throws {
        if failure == nil && place.level < depth && frames[place.level].serial == place.serial {
            close(to: place.level + 1)
        } else {
            throw refusal()
        }
    }

    /// Why a frame cannot be written to.
    private func refusal() -> any Error {
        if let failure { return failure }
        needsFragments = true
        return error("a container was written to after the value that it belongs to was complete")
    }

    /// How many elements a list has.
    func count(of place: Place) -> Int {
        guard place.level < depth, frames[place.level].serial == place.serial else { return 0 }
        return frames[place.level].count
    }

    // MARK: Going back

    var mark: Mark { Mark(bytes: size, fragments: fragments.count) }

    /// Takes away what was written since a mark.
    func goBack(to mark: Mark) {
        size = mark.bytes
        fragments.removeLast(fragments.count - mark.fragments)
    }

    // MARK: Fragments

    /// Opens a frame for a container in a container, in a fragment if there are to be any.
    func openNested() -> (state: EncodingState, place: Place) {
        do {
            guard usesFragments else { return (self, try open()) }
            let fragment = EncodingState(
                names: names,
                userInfo: userInfo,
                depthLimit: depthLimit,
                baseDepth: baseDepth + depth,
                basePath: path(to: depth)
            )
            fragment.usesFragments = true
            fragments.append((depth, size, fragment))
            return (fragment, try fragment.open())
        } catch {
            failure = error
            return (self, .nowhere)
        }
    }

    /// Puts the fragments of the frame that was just closed in place, from the last to the first.
    private func placeFragments() {
        while let (level, offset, state) = fragments.last, level > depth {
            fragments.removeLast()
            state.close(to: 0)
            insert(state.bytes, at: offset)
            if failure == nil { failure = state.failure }
        }
    }

    // MARK: Errors

    /// The path to what is written into the frame below a level.
    func path(to level: Int) -> [any CodingKey] {
        basePath
            + (0..<min(level, depth)).compactMap { level -> PathKey? in
                let frame = frames[level]
                return switch frame.kind {
                case .keyed where frame.field > 0: PathKey(stringValue: names[frame.field])
                case .list where frame.count > 0: PathKey(intValue: frame.count - 1)
                default: nil
                }
            }
    }

    func error(_ text: String, value: Any = ()) -> EncodingError {
        let path = path(to: depth)
        let place = path.isEmpty ? "" : "\(path.pathText): "
        return .invalidValue(value, .init(codingPath: path, debugDescription: place + text))
    }

    private func tooDeep() -> EncodingError {
        error(
            "the value is nested more than \(depthLimit) levels deep: "
                + "encode it as a list whose elements refer to one another by index"
        )
    }
}
