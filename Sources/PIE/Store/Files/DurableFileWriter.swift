/// Writes a file from its beginning to its end, in large pieces.
package struct DurableFileWriter: ~Copyable {
    /// The number of bytes so far.
    package private(set) var count = 0

    private let file: StoreFile
    private var buffer: [UInt8] = []
    private static var bufferSize: Int { 256 * 1024 }

    init(_ file: consuming StoreFile) {
        self.file = file
    }

    /// Appends bytes.
    ///
    /// - Throws: An error if the system does not take them.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count >= Self.bufferSize {
            try file.write(bytes, at: count)
        } else {
            buffer.append(contentsOf: bytes)
        }
        count += bytes.count
    }

    /// Appends bytes.
    ///
    /// - Throws: An error if the system does not take them.
    package mutating func append(_ bytes: [UInt8]) throws(StoreError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(StoreError) in try append(UnsafeRawBufferPointer(bytes)) }
    }

    /// Writes what is left, and gives the file.
    consuming func finish() throws(StoreError) -> StoreFile {
        try flush()
        return file
    }

    private mutating func flush() throws(StoreError) {
        let start = count - buffer.count
        try buffer.withUnsafeBufferPointer { (bytes) throws(StoreError) in
            try file.write(UnsafeRawBufferPointer(bytes), at: start)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
