import Foundation
import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct StoreLockTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("lock")
    }

    /// Who is said to hold the lock by the error of an attempt to take it; nil if that succeeds.
    private func holder() throws -> LockHolder? {
        do {
            _ = try StoreLock(at: path)
            return nil
        } catch {
            guard case .locked(let holder) = error.kind else { throw error }
            return holder
        }
    }

    /// Another process, which has the lock by an open file that it inherited, and waits for its end.
    private func otherProcess(saying content: [UInt8]) throws -> Process {
        try folder.put(content, at: "lock")
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        #expect(flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["600"]
        process.standardInput = file
        try process.run()
        try file.close()
        return process
    }

    @Test func twoOfOneProcessExcludeEachOther() throws {
        do {
            let lock = try StoreLock(at: path)
            #expect(try holder() == lock.holder && lock.recovered == nil)
            #expect(try holder() == lock.holder, "an attempt does not take it away")
        }
        #expect(try holder() == nil)
        #expect(try StoreLock(at: path).recovered == nil, "it was given back")
    }

    @Test func theHolderIsThisProcess() throws {
        let before = Int64(time(nil))
        let holder = try StoreLock(at: path).holder
        #expect(holder.process == getpid() && !holder.host.isEmpty)
        #expect(holder.since >= before && holder.since <= Int64(time(nil)))
        #expect(holder.started <= holder.since && holder.started > holder.since - 24 * 3600)
    }

    @Test func theErrorNamesTheHolderAndWhatToDo() throws {
        let other = LockHolder(process: 4711, started: 0, host: "lark", since: 86_400)
        let error = StoreError(.locked(by: other), path: "/store/lock")
        #expect(
            error.description == """
                /store/lock is held by process 4711 on lark, started 1970-01-01 00:00:00 UTC, since 1970-01-02 00:00:00 UTC
                  hint: wait until it has ended, open the store read-only, or use another folder for this one
                """
        )
    }

    @Test func anotherProcessExcludesUntilItDies() throws {
        let other = LockHolder(process: 4711, started: 1, host: "lark", since: 2)
        let process = try otherProcess(saying: other.encoded)
        defer { kill(process.processIdentifier, SIGKILL) }
        #expect(try holder() == other)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try StoreLock(at: path).recovered == other)
        #expect(try StoreLock(at: path).recovered == nil)
    }

    @Test func subprocessesDoNotInheritTheLock() throws {
        var child = pid_t()
        do {
            let lock = try StoreLock(at: path)
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
            defer { for argument in arguments { free(argument) } }
            #expect(posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil) == 0)
            #expect(try holder() == lock.holder)
        }
        defer {
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
        }
        #expect(try holder() == nil)
    }

    @Test func waitingEndsWhenTheOtherProcessDies() async throws {
        let other = LockHolder(process: 4711, started: 1, host: "lark", since: 2)
        let process = try otherProcess(saying: other.encoded)
        let attempts = FaultySystem()
        async let recovered = StoreLock.acquire(at: path, waitingAtMost: .seconds(600), system: attempts.system)
            .recovered
        while attempts.count("lock") < 2 { try await Task.sleep(for: .milliseconds(1)) }
        kill(process.processIdentifier, SIGKILL)
        #expect(try await recovered == other)
    }

    @Test func waitingHasALimit() async throws {
        let lock = try StoreLock(at: path)
        let holder = lock.holder
        let attempts = FaultySystem()
        let start = ContinuousClock.now
        await #expect(throws: StoreError(.locked(by: holder), path: path)) {
            _ = try await StoreLock.acquire(at: path, waitingAtMost: .milliseconds(30), system: attempts.system)
        }
        #expect(ContinuousClock.now - start >= .milliseconds(30))
        #expect(attempts.count("lock") >= 2)
        attempts.forgetCalls()
        await #expect(throws: StoreError.self) {
            _ = try await StoreLock.acquire(at: path, waitingAtMost: .zero, system: attempts.system)
        }
        #expect(attempts.count("lock") == 1)
        #expect(try lock.isInForce())
    }

    @Test func waitingCanBeCancelled() async throws {
        let lock = try StoreLock(at: path)
        let attempts = FaultySystem()
        let path = path
        let waiting = Task {
            _ = try await StoreLock.acquire(at: path, waitingAtMost: .seconds(600), system: attempts.system)
        }
        while attempts.count("lock") < 2 { try await Task.sleep(for: .milliseconds(1)) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try lock.isInForce())
    }

    @Test func atMostOneOfManyHasTheLock() async throws {
        let inside = Lock(0)
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let lock = try await StoreLock.acquire(at: path, waitingAtMost: .seconds(600))
                    #expect(
                        inside.withLock {
                            $0 += 1
                            return $0
                        } == 1
                    )
                    try await Task.sleep(for: .milliseconds(1))
                    inside.withLock { $0 -= 1 }
                    #expect(try lock.isInForce())
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aLockWhoseFileIsGoneIsNotInForce() throws {
        let lock = try StoreLock(at: path)
        #expect(try lock.isInForce())
        try folder.remove("lock")
        #expect(try !lock.isInForce())
        let other = try StoreLock(at: path)
        #expect(try !lock.isInForce() && other.isInForce())
    }

    @Test func aFileThatIsRemovedBeforeItIsLockedIsNotLocked() throws {
        var system = StoreSystem.live
        let path = path
        let isFirst = Lock(true)
        system.lockFile = { file throws(SystemFailure) in
            let removes = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if removes { try StoreSystem.live.removeFile(path) }
            try StoreSystem.live.lockFile(file)
        }
        let lock = try StoreLock(at: path, system: system)
        #expect(try lock.isInForce())
        #expect(try holder() == lock.holder)
    }

    @Test func aFailureAtAnyCallGivesTheLockBack() throws {
        var failures = 0
        for call in 1... {
            let faulty = FaultySystem(.at(call, ENOSPC))
            do {
                _ = try StoreLock(at: path, system: faulty.system)
                break
            } catch {
                failures += 1
                #expect(error.path == path)
                let lock = try StoreLock(at: path)
                #expect(lock.recovered == nil)
            }
        }
        #expect(failures >= 6)
    }

    @Test(arguments: ["", "pie store lock 1\n12\n", "somebody else's file", "pie store lock 1\n1\n2\nx\nlark\n.\n"])
    func contentThatSaysNothingIsNoHolder(content: String) throws {
        try folder.put(Array(content.utf8), at: "lock")
        #expect(try StoreLock(at: path).recovered == nil)
    }

    @Test func hostNamesMayBeLongAndTimesStrange() {
        let holder = LockHolder(
            process: .max,
            started: .min,
            host: String(repeating: "ü", count: 127),
            since: .max
        )
        #expect(LockHolder(holder.encoded) == holder && holder.encoded.count <= LockHolder.maximumSize)
        #expect(holder.description.contains("at an unknown time"))
    }

    @Test func whatIsNoFileIsAnError() throws {
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: StoreError(.notAFile, path: path)) { _ = try StoreLock(at: path) }
        #expect(throws: StoreError.self) { _ = try StoreLock(at: folder.path("no/such/lock")) }
    }
}
