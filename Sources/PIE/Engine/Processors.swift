#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The processor cores of this machine.
enum Processors {
    /// How many cores this process may use.
    static var count: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
