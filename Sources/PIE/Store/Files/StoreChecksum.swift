/// The checksum of the files of a store: 64 bits of the hash that contents are compared by.
///
/// A CRC finds every burst of up to its own width for sure, but of anything else, such as a block that was never
/// written, one of 32 bits lets one in four billion pass, and without instructions of the processor, which Swift does
/// not reach, it takes about four times as long as this hash with its 64-bit multiplications. Of 64 bits that are
/// mixed well, one accident in 10^19 goes unseen, of whatever kind it is; and there is one hash less to look after.
enum StoreChecksum {
    /// The checksum of bytes.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let hash = ContentHash(bytes)
        // The halves are independent: together they are as good as the better one.
        return hash.high ^ hash.low
    }
}
