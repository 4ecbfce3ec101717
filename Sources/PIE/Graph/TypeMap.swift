public import Synchronization

/// Finds the table of a type, without a lock.
///
/// A small open-addressed map from a type's identity to a table object that lives as long as the map.
// SAFETY: `@unchecked` because of the raw slots. They are published and read like those of `InternTable`; the tables
// are kept alive by `kept`, which only grows, so an unretained reference in a slot is always valid.
@usableFromInline
final class TypeMap<Table: AnyObject>: @unchecked Sendable {
    @usableFromInline
    struct Slot: ~Copyable {
        @usableFromInline let type: Atomic<UInt>
        @usableFromInline let table: Atomic<UInt>

        @usableFromInline
        init() {
            type = Atomic(0)
            table = Atomic(0)
        }
    }

    /// The slots and their mask.
    @usableFromInline
    struct Slots: ~Copyable {
        @usableFromInline let mask: UInt
        @usableFromInline let start: UnsafeMutablePointer<Slot>

        @usableFromInline
        init(capacity: Int) {
            mask = UInt(capacity - 1)
            start = .allocate(capacity: capacity)
            for index in 0..<capacity {
                (start + index).initialize(to: Slot())
            }
        }
    }

    @usableFromInline let slots: Atomic<UnsafeMutablePointer<Slots>>
    private var allocations: [UnsafeMutablePointer<Slots>] = []
    private let numbered = StableColumn<Cell>()
    private var kept: [Table] = []
    private var count = 0

    /// What stands for the number 0, which no type has; nil if nobody asks for it.
    private let none: Table?

    /// Where the table with a number is; another may take its place.
    private final class Cell: Sendable {
        let table = Atomic<UInt>(0)
    }

    /// - Parameter none: What stands for the number 0, which no type has; nil if nobody asks for it.
    @usableFromInline
    init(none: Table? = nil) {
        self.none = none
        let first = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
        first.initialize(to: Slots(capacity: 16))
        slots = Atomic(first)
        allocations = [first]
    }

    deinit {
        for allocation in allocations {
            let capacity = Int(allocation.pointee.mask) + 1
            allocation.pointee.start.deinitialize(count: capacity)
            allocation.pointee.start.deallocate()
            allocation.deinitialize(count: 1)
            allocation.deallocate()
        }
    }

    /// The highest number of a table; under the engine's lock.
    var highestNumber: UInt32 { UInt32(numbered.count) }

    /// All tables, by number; under the engine's lock.
    var all: [Table] { (0..<UInt32(numbered.count)).map { table($0 + 1) } }

    /// The table with a number; without a lock, for a number that was got under it.
    func table(_ number: UInt32) -> Table {
        if number == 0, let none { return none }
        let reference = numbered.publishedAddress(number &- 1).pointee.table.load(ordering: .acquiring)
        guard let pointer = UnsafeRawPointer(bitPattern: reference) else {
            preconditionFailure("no table has this number")
        }
        return Unmanaged<Table>.fromOpaque(pointer).takeUnretainedValue()
    }

    @inlinable
    static func position(_ key: UInt) -> UInt {
        // Metadata addresses differ in their middle bits: a multiplication moves those to where the mask looks.
        (key &* 0x9E37_79B9_7F4A_7C15) &>> 32
    }

    /// The table of a type, or `nil` if it has none yet.
    @inlinable
    @inline(__always)
    subscript(type: Any.Type) -> Table? {
        let key = UInt(bitPattern: ObjectIdentifier(type))
        let slots = self.slots.load(ordering: .acquiring)
        let mask = slots.pointee.mask
        var position = Self.position(key) & mask
        while true {
            let slot = slots.pointee.start + Int(position)
            let found = slot.pointee.type.load(ordering: .acquiring)
            if found == key {
                guard let pointer = UnsafeRawPointer(bitPattern: slot.pointee.table.load(ordering: .relaxed)) else {
                    return nil
                }
                return Unmanaged<Table>.fromOpaque(pointer).takeUnretainedValue()
            }
            if found == 0 { return nil }
            position = (position &+ 1) & mask
        }
    }

    /// Adds a table with a number: the next one, or that of a table whose place it takes; under the engine's lock.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - type: Its type; nil if nobody knows that yet.
    ///   - number: The number.
    func add(_ table: Table, for type: Any.Type?, number: UInt32) {
        while numbered.count < number { numbered.append(Cell()) }
        kept.append(table)
        let reference = UInt(bitPattern: Unmanaged.passUnretained(table).toOpaque())
        numbered[number - 1].table.store(reference, ordering: .releasing)
        guard let type else { return }
        count += 1
        var current = slots.load(ordering: .relaxed)
        let capacity = Int(current.pointee.mask) + 1
        if count * 2 > capacity {
            let grown = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
            grown.initialize(to: Slots(capacity: capacity * 2))
            for index in 0..<capacity {
                let slot = current.pointee.start + index
                let key = slot.pointee.type.load(ordering: .relaxed)
                if key != 0 {
                    Self.place(key, slot.pointee.table.load(ordering: .relaxed), in: grown)
                }
            }
            allocations.append(grown)
            current = grown
            slots.store(grown, ordering: .releasing)
        }
        Self.place(UInt(bitPattern: ObjectIdentifier(type)), reference, in: current)
    }

    private static func place(_ key: UInt, _ table: UInt, in slots: UnsafeMutablePointer<Slots>) {
        var position = position(key) & slots.pointee.mask
        while (slots.pointee.start + Int(position)).pointee.type.load(ordering: .relaxed) != 0 {
            position = (position &+ 1) & slots.pointee.mask
        }
        let slot = slots.pointee.start + Int(position)
        slot.pointee.table.store(table, ordering: .relaxed)
        slot.pointee.type.store(key, ordering: .releasing)
    }
}
