#if os(Linux)
    import FoundationEssentials
    import PIE
    import Testing

    @testable import ProtoLanguage

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    @Suite struct InotifySourceTests {
        private static func source(_ path: String, in workspace: Workspace) throws -> InotifySource {
            try InotifySource([WatchedPath.folder(File(path)).absolute(in: workspace.path)])
        }

        /// How many events the system keeps; nil if it does not tell, or more than a test can make.
        private static var queueLength: Int? {
            let text = try? String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
            return text.flatMap { Int($0.filter(\.isNumber)) }.flatMap { $0 <= 100_000 ? $0 : nil }
        }

        @Test(.enabled(if: queueLength != nil)) func anOverflowMakesTheBatchIncomplete() throws {
            let length = try #require(Self.queueLength)
            let workspace = try Workspace(["a": "1"])
            let source = try Self.source(".", in: workspace)
            for _ in 0...length / 2 {
                try workspace.move("a", to: "b")
                try workspace.move("b", to: "a")
            }
            // What comes while the queue is full is lost; the folder has to be found all the same.
            try workspace.write("1", to: "new/c")
            #expect(try source.takeChanges().isIncomplete)
            try workspace.write("2", to: "new/c")
            let batch = try source.takeChanges()
            #expect(batch.paths.contains(File(workspace.path + "/new/c")))
            #expect(!batch.isIncomplete)
        }

        @Test func aSystemThatGivesNoQueueIsAFailureThatSaysWhatToDo() async {
            await #expect(processExitsWith: .success) {
                var none = rlimit(rlim_cur: 0, rlim_max: 0)
                #if canImport(Glibc)
                    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
                #else
                    let resource = RLIMIT_NOFILE
                #endif
                guard setrlimit(resource, &none) == 0 else { exit(1) }
                do throws(WatchFailure) {
                    _ = try Inotify()
                    exit(2)
                } catch {
                    exit(error.message.contains("fs.inotify.max_user_instances") ? 0 : 3)
                }
            }
        }

        @Test func withoutChangesThereIsNothingToTake() throws {
            let workspace = try Workspace(["a/b": "1"])
            let source = try Self.source(".", in: workspace)
            #expect(try source.takeChanges() == ChangeBatch())
        }

        @Test func aFolderThatGoesMakesTheBatchIncomplete() throws {
            let workspace = try Workspace(["in/a/b": "1", "out/c": "1"])
            let source = try Self.source("in", in: workspace)
            try workspace.move("in/a", to: "out/a")
            let batch = try source.takeChanges()
            #expect(batch.isIncomplete)
            #expect(batch.paths == [File(workspace.path + "/in/a")])
        }

        @Test func ordinaryEditsAreNamedOneByOne() throws {
            let workspace = try Workspace(["a": "1", "b": "1", "c/d": "1"])
            let source = try Self.source(".", in: workspace)
            try workspace.write("2", to: "a")
            try workspace.remove("b")
            try workspace.write("1", to: "c/e")
            try workspace.write("1", to: "f/g/h")
            let batch = try source.takeChanges()
            #expect(!batch.isIncomplete)
            let expected = ["a", "b", "c/e", "f", "f/g", "f/g/h"]
            #expect(batch.paths.isSuperset(of: expected.map { File(workspace.path + "/" + $0) }))
        }
    }
#endif
