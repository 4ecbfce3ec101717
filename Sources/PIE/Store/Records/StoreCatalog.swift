/// The numbers that a store has given to types, versions, tables of names, stampers and projections.
///
/// Records name these by number only. A number is given once, in the order of first use, and never changes; 0 is none.
struct StoreCatalog {
    /// A task type.
    struct TaskType {
        var identifier: String

        /// The versions that outputs were made by: a task refers to a place in this list.
        var versions: [Int] = []
    }

    private(set) var taskTypes: [TaskType] = [TaskType(identifier: "")]
    private var taskTypeNumbers: [String: UInt32] = [:]

    private(set) var resourceTypes: [String] = [""]
    private var resourceTypeNumbers: [String: UInt32] = [:]

    /// Tables of the names of fields, as a ``ValueEncoder`` puts them in front of a value.
    private(set) var names: [[UInt8]] = [[]]
    private var nameNumbers: [[UInt8]: UInt32] = [:]
    private var recentNames = RecentNames()

    /// A stamper or projection: the name of its type, and how it was encoded.
    struct Reducer: Hashable {
        var type: String
        var value: [UInt8]
    }

    private(set) var reducers: [Reducer?] = [nil]
    private var reducerNumbers: [Reducer: StamperID] = [:]

    /// No store has more types, names, stampers or projections.
    private static let limit: UInt32 = 1 << 24

    /// Whether a resource type is one of ``Input``s, of whatever values.
    static func isInput(_ resourceType: String) -> Bool { resourceType.hasPrefix("PIE.Input<") }

    /// The names of the resource types that updates look for.
    static let directoryListing = String(reflecting: DirectoryListing.self)
    static let environmentVariable = String(reflecting: EnvironmentVariable.self)

    // MARK: Finding

    func taskType(_ identifier: String) -> UInt32? { taskTypeNumbers[identifier] }

    func resourceType(_ name: String) -> UInt32? { resourceTypeNumbers[name] }

    mutating func number(ofNames slice: ArraySlice<UInt8>) -> UInt32? {
        if let known = recentNames[slice] { return known }
        let table = [UInt8](slice)
        guard let number = nameNumbers[table] else { return nil }
        recentNames.add(table, number)
        return number
    }

    func number(of reducer: Reducer) -> StamperID? { reducerNumbers[reducer] }

    func reducer(_ number: StamperID) -> Reducer? { number < reducers.count ? reducers[Int(number)] : nil }

    /// The bytes of a value, with the table of names in front, as a ``ValueDecoder`` wants them.
    ///
    /// - Parameter stored: A variable with the number of the table, and the value.
    /// - Returns: The bytes.
    /// - Throws: An error if there is no such table.
    func encoding(of stored: UnsafeRawBufferPointer) throws(RecordDamage) -> [UInt8] {
        var reader = RecordReader(stored)
        let number = try reader.variable(UInt32.self)
        guard number > 0, number < names.count else { throw RecordDamage() }
        var result: [UInt8] = []
        result.reserveCapacity(names[Int(number)].count + stored.count)
        result += names[Int(number)]
        result += stored[reader.offset...]
        return result
    }

    /// The bytes of a value, with the table of names in front, as a ``ValueDecoder`` wants them.
    func encoding(of stored: [UInt8]) throws(RecordDamage) -> [UInt8] {
        try stored.withUnsafeBufferPointer { (bytes) throws(RecordDamage) in
            try encoding(of: UnsafeRawBufferPointer(bytes))
        }
    }

    // MARK: Adding

    mutating func addTaskType(_ number: UInt32, _ identifier: String) throws(RecordDamage) {
        guard number > 0, number < Self.limit else { throw RecordDamage() }
        while taskTypes.count <= number { taskTypes.append(TaskType(identifier: "")) }
        taskTypes[Int(number)].identifier = identifier
        taskTypeNumbers[identifier] = number
    }

    mutating func addVersion(_ version: Int, ofTaskType number: UInt32) throws(RecordDamage) {
        guard number > 0, number < taskTypes.count else { throw RecordDamage() }
        taskTypes[Int(number)].versions.append(version)
    }

    mutating func addResourceType(_ number: UInt32, _ name: String) throws(RecordDamage) {
        guard number > 0, number < Self.limit else { throw RecordDamage() }
        while resourceTypes.count <= number { resourceTypes.append("") }
        resourceTypes[Int(number)] = name
        resourceTypeNumbers[name] = number
    }

    /// Adds a table of names.
    ///
    /// - Returns: Its number.
    @discardableResult
    mutating func addNames(_ table: [UInt8]) -> UInt32 {
        names.append(table)
        nameNumbers[table] = UInt32(names.count - 1)
        return UInt32(names.count - 1)
    }

    mutating func addReducer(_ number: StamperID, _ reducer: Reducer) throws(RecordDamage) {
        guard number > 0, number < Self.limit else { throw RecordDamage() }
        while reducers.count <= number { reducers.append(nil) }
        reducers[Int(number)] = reducer
        reducerNumbers[reducer] = number
    }

    /// The highest number of a stamper or projection.
    var lastReducer: StamperID { StamperID(reducers.count - 1) }

    // MARK: The whole

    func write(to writer: inout RecordWriter) {
        writer.variable(taskTypes.count - 1)
        for type in taskTypes.dropFirst() {
            writer.text(type.identifier)
            writer.variable(type.versions.count)
            for version in type.versions { writer.signed(Int64(version)) }
        }
        writer.variable(resourceTypes.count - 1)
        for name in resourceTypes.dropFirst() { writer.text(name) }
        writer.variable(names.count - 1)
        for table in names.dropFirst() { writer.counted(table) }
        writer.variable(reducers.count - 1)
        for reducer in reducers.dropFirst() {
            writer.text(reducer?.type ?? "")
            writer.counted(reducer?.value ?? [])
        }
    }

    init() {}

    init(from reader: inout RecordReader) throws(RecordDamage) {
        for number in 0..<(try reader.count()) {
            try addTaskType(UInt32(number + 1), try reader.text())
            for _ in 0..<(try reader.count()) {
                guard let version = Int(exactly: try reader.signed()) else { throw RecordDamage() }
                try addVersion(version, ofTaskType: UInt32(number + 1))
            }
        }
        for number in 0..<(try reader.count()) { try addResourceType(UInt32(number + 1), try reader.text()) }
        for _ in 0..<(try reader.count()) { addNames([UInt8](try reader.counted())) }
        for number in 0..<(try reader.count()) {
            let type = try reader.text()
            let value = [UInt8](try reader.counted())
            if !type.isEmpty { try addReducer(StamperID(number + 1), Reducer(type: type, value: value)) }
        }
        taskTypeNumbers[""] = nil
        resourceTypeNumbers[""] = nil
    }
}
