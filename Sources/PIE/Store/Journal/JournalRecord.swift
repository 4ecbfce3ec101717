/// A record of a journal, as replaying hands it out.
package struct JournalRecord {
    /// What kind of record it is; the journal itself does not care.
    package let type: UInt8

    /// The bytes, which are not to be used after the call that the record was handed to; not aligned.
    package let payload: UnsafeRawBufferPointer

    /// Where the record begins in the file.
    package let offset: Int
}
