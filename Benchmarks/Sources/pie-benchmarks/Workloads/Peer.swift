import Foundation
import SourceFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Another build tool on the same files: each file is copied, and one target requires all copies.
enum Peer: String, CaseIterable {
    case ninja
    case samurai
    case make
    case shake

    /// What is said about what is not installed.
    var title: String { self == .shake ? "Shake" : rawValue }

    /// The program that has to be installed: of Shake the compiler, since its builds are programs.
    private var program: String {
        switch self {
        case .ninja, .make: rawValue
        case .samurai: "samu"
        case .shake: "ghc"
        }
    }

    /// Where it is installed; `nil` if it is not.
    var path: String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    /// The folder of its copies.
    private var copies: String { "copies-\(rawValue)" }

    /// The path of a copy, relative to the root.
    func copy(of file: Int) -> String { "\(copies)/\(SourceFiles.path(file))" }

    /// Whether it has built anything: each tool prints the commands that it runs.
    func hasBuilt(_ output: String) -> Bool { output.contains(copies) }

    /// Writes what is to be built.
    ///
    /// - Parameters:
    ///   - project: The files.
    ///   - jobs: How many commands may run at once.
    /// - Returns: The command that builds.
    /// - Throws: ``SystemError``, and ``ChildFailure`` if Shake's library is not there.
    func prepare(_ project: SourceProject, jobs: Int) throws -> (program: String, arguments: [String]) {
        guard let path else { throw SystemError(program) }
        switch self {
        case .ninja, .samurai:
            // Each keeps its log in a folder of its own.
            let log = "builddir = \(copies)\n"
            try TemporaryFolder.write(
                Array((log + ninjaRules(project.count)).utf8),
                to: "\(project.root)/\(copies).ninja"
            )
            return (path, ["-C", project.root, "-f", "\(copies).ninja", "-j", "\(jobs)"])
        case .make:
            for number in 0..<SourceFiles.folders(project.count) {
                try project.folder.makeFolder("\(copies)/\(SourceFiles.folder(number))")
            }
            try TemporaryFolder.write(Array(makeRules(project.count).utf8), to: "\(project.root)/Makefile")
            // Without the built-in rules, which would be tried for each source.
            return (path, ["-r", "-R", "-C", project.root, "-j", "\(jobs)"])
        case .shake:
            let names = (0..<project.count).map { copy(of: $0) + "\n" }.joined()
            try TemporaryFolder.write(Array(names.utf8), to: "\(project.root)/shake.txt")
            try TemporaryFolder.write(Array(Self.shakeRules.utf8), to: "\(project.root)/Shakefile.hs")
            let built = "\(project.root)/shakefile"
            let options = ["-O", "-threaded", "-rtsopts", "-v0", "-outputdir", "\(project.root)/shake-objects"]
            _ = try FreshProcess(path, options + ["\(project.root)/Shakefile.hs", "-o", built])
            return (built, ["-C", project.root, "-j\(jobs)"])
        }
    }

    private func ninjaRules(_ count: Int) -> String {
        var text = "rule copy\n  command = cp $in $out\n"
        for file in 0..<count { text += "build \(copy(of: file)): copy \(SourceFiles.path(file))\n" }
        text += "build all: phony"
        for file in 0..<count { text += " \(copy(of: file))" }
        return text + "\ndefault all\n"
    }

    private func makeRules(_ count: Int) -> String {
        var text = ".PHONY: all\nall:"
        for file in 0..<count { text += " \(copy(of: file))" }
        text += "\n"
        for file in 0..<count { text += "\(copy(of: file)): \(SourceFiles.path(file))\n\tcp $< $@\n" }
        return text
    }

    /// Takes the names of the copies from a file, and finds the source of each by its own.
    private static let shakeRules = """
        import Development.Shake
        import Development.Shake.FilePath

        main :: IO ()
        main = shakeArgs shakeOptions { shakeFiles = "shake" } $ do
            action $ do
                names <- liftIO (readFile "shake.txt")
                need (lines names)
            "copies-shake/src/*/*.txt" %> \\copy -> do
                let source = dropDirectory1 copy
                need [source]
                cmd_ "cp" [source, copy]

        """
}
