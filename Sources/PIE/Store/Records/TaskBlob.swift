/// What a snapshot keeps of one task: its key, what others have recorded of it, and its record.
///
/// ```
/// type          variable: the number of its type
/// key           counted: how the key was encoded
/// level         variable
/// observers     variable: how many dependencies of observed tasks are on it
/// references    variable: how many dependencies have seen the present version of its output, and compare the whole of it
/// requirers     counted: the ids of the tasks that have a dependency on it, ascending
/// record        the rest, as in a journal
/// ```
struct TaskBlob {
    let type: UInt32
    let key: UnsafeRawBufferPointer
    let level: UInt32
    let observers: UInt32
    let references: UInt32
    let requirers: UnsafeRawBufferPointer
    let record: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(RecordDamage) {
        var reader = RecordReader(bytes)
        type = try reader.variable(UInt32.self)
        key = try reader.counted()
        level = try reader.counter()
        observers = try reader.counter()
        references = try reader.counter()
        requirers = try reader.counted()
        record = reader.rest
    }
}

/// What a snapshot keeps of one resource.
///
/// ```
/// type          variable: the number of its type; 0 for files
/// key           counted: the path of a file, or how the resource was encoded
/// provider      variable: the task that provides the file; 0 for none
/// current       variable: the number of the observation that was last made of it; 0 for none
/// observations  variable: their number; for each a variable, how many dependencies have seen it, and the stamp: of a
///               file as such, of others counted and encoded
/// readers       the rest: the ids of the tasks that have a dependency on it, ascending
/// ```
struct ResourceBlob {
    let type: UInt32
    let key: UnsafeRawBufferPointer
    let provider: TaskID
    let current: UInt32
    let observations: [Observation]
    let readers: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(RecordDamage) {
        var reader = RecordReader(bytes)
        type = try reader.variable(UInt32.self)
        key = try reader.counted()
        provider = try reader.variable(TaskID.self)
        current = try reader.variable(UInt32.self)
        var observations: [Observation] = []
        for _ in 0..<(try reader.count()) {
            let references = try reader.counter()
            observations.append(try Observation(ofType: type, references: references, from: &reader))
        }
        guard current <= observations.count else { throw RecordDamage() }
        self.observations = observations
        readers = reader.rest
    }
}

extension Observation {
    /// Reads what was seen of a resource of a type.
    init(ofType type: UInt32, references: UInt32, from reader: inout RecordReader) throws(RecordDamage) {
        if type == 0 {
            self.init(file: try FileStamp(from: &reader), references: references)
        } else {
            self.init(stamp: StoredStamp([UInt8](try reader.counted())), references: references)
        }
    }
}
