/// One encoding while it grows: the bytes, and the containers that are open.
///
/// Containers are written where they are asked for, into one buffer: the innermost one is at its end. Whoever goes on
/// with an outer container closes those within. A container that is written to after that is rare but allowed, so such
/// an encoding is done again with containers in *fragments*, buffers of their own that are put in place at the end.
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

    var bytes: [UInt8] = []
    var frames: [Frame] = []
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
    }

    /// Forgets everything that belongs to one encoding.
    func reset() {
        bytes.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        fragments = []
        failure = nil
        needsFragments = false
    }

    // MARK: Frames

    /// Opens a frame at the end of the buffer.
    func open() throws -> Place {
        guard frames.count + baseDepth < depthLimit else { throw tooDeep() }
        serial += 1
        frames.append(Frame(serial: serial, start: bytes.count))
        return Place(level: frames.count - 1, serial: serial)
    }

    /// Closes the frames from a level on.
    @inline(__always)
    func close(to level: Int) {
        while frames.count > level { closeLast() }
    }

    private func closeLast() {
        let frame = frames.removeLast()
        if !fragments.isEmpty { placeFragments() }
        switch frame.kind {
        case .empty: bytes.append(Lead.keyed)
        case .keyed: closeContainer(frame, Lead.keyed, end: 0)
        case .list: closeContainer(frame, Lead.list, end: Lead.end)
        case .single, .bytes: break
        }
    }

    @inline(__always)
    private func closeContainer(_ frame: Frame, _ lead: UInt8, end: UInt8) {
        if frame.count < Int(Lead.uncounted) {
            bytes[frame.start] = lead + UInt8(truncatingIfNeeded: frame.count)
        } else {
            bytes[frame.start] = lead + Lead.uncounted
            bytes.append(end)
        }
    }

    /// Makes a frame the innermost one again.
    @inline(__always)
    func resume(_ place: Place) throws {
        if failure == nil && place.level < frames.count && frames[place.level].serial == place.serial {
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
        guard place.level < frames.count, frames[place.level].serial == place.serial else { return 0 }
        return frames[place.level].count
    }

    // MARK: Going back

    var mark: Mark { Mark(bytes: bytes.count, fragments: fragments.count) }

    /// Takes away what was written since a mark.
    func goBack(to mark: Mark) {
        bytes.removeLast(bytes.count - mark.bytes)
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
                baseDepth: baseDepth + frames.count,
                basePath: path(to: frames.count)
            )
            fragment.usesFragments = true
            fragments.append((frames.count, bytes.count, fragment))
            return (fragment, try fragment.open())
        } catch {
            failure = error
            return (self, .nowhere)
        }
    }

    /// Puts the fragments of the frame that was just closed in place, from the last to the first.
    private func placeFragments() {
        while let (level, offset, state) = fragments.last, level > frames.count {
            fragments.removeLast()
            state.close(to: 0)
            bytes.insert(contentsOf: state.bytes, at: offset)
            if failure == nil { failure = state.failure }
        }
    }

    // MARK: Errors

    /// The path to what is written into the frame below a level.
    func path(to level: Int) -> [any CodingKey] {
        basePath
            + frames.prefix(level).compactMap { frame in
                switch frame.kind {
                case .keyed where frame.field > 0: PathKey(stringValue: names[frame.field])
                case .list where frame.count > 0: PathKey(intValue: frame.count - 1)
                default: nil
                }
            }
    }

    func error(_ text: String, value: Any = ()) -> EncodingError {
        let path = path(to: frames.count)
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
