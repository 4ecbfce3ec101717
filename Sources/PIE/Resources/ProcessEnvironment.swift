#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where environment variables are looked up.
///
/// A process must not set variables while other threads look them up; tests bring an environment of their own instead.
package struct ProcessEnvironment: Sendable {
    /// Gives the value of a variable, `nil` if it is not set.
    package let value: @Sendable (_ name: String) -> String?

    /// Creates an environment.
    ///
    /// - Parameter value: Gives the value of a variable, `nil` if it is not set.
    package init(_ value: @escaping @Sendable (_ name: String) -> String?) {
        self.value = value
    }

    /// The environment of this process.
    package static let live = ProcessEnvironment { name in getenv(name).map { String(cString: $0) } }
}
