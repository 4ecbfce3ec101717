#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The samples that come with the program.
package enum Samples {
    /// Where they lie in the package.
    private static let relativePath = "Sources/protocheck/Samples"

    /// The folder of samples without mistakes; nil if the program was moved away from its sources.
    package static var validFolder: String? { folder("valid") }

    /// The folder of samples with deliberate mistakes; nil if the program was moved away from its sources.
    package static var mistakesFolder: String? { folder("mistakes") }

    /// Looks below the current folder first, so that the samples of a working copy are the ones that count.
    private static func folder(_ name: String) -> String? {
        var candidates = ["\(relativePath)/\(name)"]
        // The folder of the package is four steps above this file.
        var package = Substring(#filePath)
        for _ in 0..<4 {
            package = package.lastIndex(of: "/").map { package[..<$0] } ?? ""
        }
        candidates.append("\(package)/\(relativePath)/\(name)")
        return candidates.first { access($0, R_OK) == 0 }
    }
}
