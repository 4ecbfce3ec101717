import Foundation
import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FrontBack {
    /// The files with functions, and what should become of them.
    struct Project {
        /// How many files there are, every which of them is changed, and every which output is deleted.
        static let (files, changed, deleted) = (40, 4, 100)

        let functions: Int
        let folder: TemporaryFolder

        /// How often the functions of each file got new names.
        private var generations = [Int](repeating: 0, count: files)

        private var cleans = 0

        init(functions: Int) throws {
            self.functions = functions
            folder = try TemporaryFolder()
            try folder.makeFolder("front")
            for file in 0..<Self.files { try write(file) }
            folder.settle()
        }

        /// Puts away what was generated.
        mutating func clean() throws {
            cleans += 1
            if rename("\(folder.path)/back", "\(folder.path)/back-\(cleans)") != 0 { throw SystemError("back") }
        }

        /// What the files generated for all functions are called, in the order in which the folder lists the sources.
        var outputs: [String] {
            (0..<Self.files).flatMap { file in (0..<functions).map { FrontBack.output(name(file, $0)) } }
        }

        /// For each function of the file with a number: its name, which is never the same again.
        private func name(_ file: Int, _ function: Int) -> String { "\(file)g\(generations[file])f\(function)" }

        private static func path(_ file: Int) -> String { "front/\(file < 10 ? "0" : "")\(file).front" }

        private func write(_ file: Int) throws {
            let text = (0..<functions).map { name(file, $0) + "\n" }.joined()
            try TemporaryFolder.write(Array(text.utf8), to: "\(folder.path)/\(Self.path(file))")
        }

        /// Gives the functions of every fourth file new names, and deletes every hundredth output.
        ///
        /// - Returns: What was changed and deleted.
        mutating func edit() throws -> [File] {
            var changes: [File] = []
            for output in outputs.enumerated() where output.offset % Self.deleted == 0 {
                guard unlink("\(folder.path)/\(output.element)") == 0 else { throw SystemError(output.element) }
                changes.append(File(output.element))
            }
            for file in stride(from: 0, to: Self.files, by: Self.changed) {
                generations[file] += 1
                try write(file)
                changes.append(File(Self.path(file)))
            }
            TemporaryFolder.age()
            return changes
        }

        /// How much has to run after an edit.
        ///
        /// - Parameter bottomUp: Whether an update makes up also for deleted outputs of functions that are no more: it
        ///   cannot know that before those above them have run.
        /// - Returns: The number of tasks.
        func affected(bottomUp: Bool) -> Int {
            let all = Self.files * functions
            let changedFiles = Self.files / Self.changed
            let renamed = changedFiles * functions
            let deletedOutputs = (all + Self.deleted - 1) / Self.deleted
            let deletedOfThose = (0..<all)
                .filter { $0 % Self.deleted == 0 && $0 / functions % Self.changed == 0 }
                .count
            let files = renamed + deletedOutputs - (bottomUp ? 0 : deletedOfThose)
            // The changed files, what is resolved and checked, and the list of what was generated.
            return files + changedFiles + 3
        }

        /// Whether what is generated is there: each file that was deleted, and many others.
        func isGenerated() -> Bool {
            (0..<Self.files)
                .allSatisfy { file in
                    (0..<functions)
                        .allSatisfy { function in
                            let place = file * functions + function
                            guard place % Self.deleted == 0 || place % 7 == 0 else { return true }
                            let name = name(file, function)
                            let path = "\(folder.path)/\(FrontBack.output(name))"
                            return FileManager.default.contents(atPath: path) == Data(name.uppercased().utf8)
                        }
                }
        }
    }
}
