/// Bytes of a store that are not what they should be.
///
/// Their checksum was right, so that nobody has changed them by accident; they are not believed all the same.
struct RecordDamage: Error {}
