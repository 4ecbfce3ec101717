/// The error number by which the system says why a call failed.
package struct SystemFailure: Error, Hashable {
    /// The number, such as `ENOSPC`.
    package let code: CInt

    /// Creates a failure.
    package init(_ code: CInt) {
        self.code = code
    }
}
