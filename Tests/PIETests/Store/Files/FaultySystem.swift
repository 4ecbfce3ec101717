@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system calls of the machine, counted and named, of which some fail.
final class FaultySystem: Sendable {
    /// Which calls fail; they are counted from 1 on.
    enum Fault: Sendable {
        case none
        /// One call fails.
        case at(Int, CInt)
        /// This one and all after it: the process is as good as dead.
        case from(Int, CInt)
        /// All calls of a name.
        case every(String, CInt)
        /// Every call is interrupted once, and every write takes one byte.
        case nagging
    }

    private let fault: Lock<Fault>
    private let calls = Lock<[String]>([])
    private let wasInterrupted = Lock<Bool>(false)

    init(_ fault: Fault = .none) {
        self.fault = Lock(fault)
    }

    /// The names of the calls so far.
    var log: [String] { calls.withLock { $0 } }

    func count(_ name: String) -> Int { log.count { $0 == name } }

    func forgetCalls() { calls.withLock { $0 = [] } }

    func fail(_ fault: Fault) { self.fault.withLock { $0 = fault } }

    private var isNagging: Bool {
        if case .nagging = fault.withLock({ $0 }) { true } else { false }
    }

    private func pass(_ name: String) throws(SystemFailure) {
        let number = calls.withLock { calls in
            calls.append(name)
            return calls.count
        }
        switch fault.withLock({ $0 }) {
        case .at(number, let code): throw SystemFailure(code)
        case .from(let first, let code) where number >= first: throw SystemFailure(code)
        case .every(name, let code): throw SystemFailure(code)
        case .nagging:
            let interrupts = wasInterrupted.withLock { flag in
                flag.toggle()
                return flag
            }
            if interrupts { throw SystemFailure(EINTR) }
        case .none, .at, .from, .every: break
        }
    }

    var system: StoreSystem {
        var system = StoreSystem.live
        let live = StoreSystem.live
        system.openFile = { path, flags throws(SystemFailure) in
            try self.pass("open")
            return try live.openFile(path, flags)
        }
        system.readBytes = { file, buffer, offset throws(SystemFailure) in
            try self.pass("read")
            return try live.readBytes(file, buffer, offset)
        }
        system.writeBytes = { file, bytes, offset throws(SystemFailure) in
            do throws(SystemFailure) {
                try self.pass("write")
            } catch {
                // A disk that is full takes what it can.
                if error.code != EINTR {
                    _ = try? live.writeBytes(
                        file,
                        UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]),
                        offset
                    )
                }
                throw error
            }
            let count = self.isNagging ? min(1, bytes.count) : bytes.count
            return try live.writeBytes(file, UnsafeRawBufferPointer(rebasing: bytes[..<count]), offset)
        }
        system.syncFile = { file, fully throws(SystemFailure) in
            try self.pass("sync")
            try live.syncFile(file, fully)
        }
        system.lookAtFile = { file throws(SystemFailure) in
            try self.pass("look")
            return try live.lookAtFile(file)
        }
        system.lookAtPath = { path throws(SystemFailure) in
            try self.pass("look")
            return try live.lookAtPath(path)
        }
        system.renameFile = { path, newPath throws(SystemFailure) in
            try self.pass("rename")
            try live.renameFile(path, newPath)
        }
        system.linkFile = { path, newPath throws(SystemFailure) in
            try self.pass("link")
            try live.linkFile(path, newPath)
        }
        system.removeFile = { path throws(SystemFailure) in
            try self.pass("remove")
            try live.removeFile(path)
        }
        system.listFolder = { path throws(SystemFailure) in
            try self.pass("list")
            return try live.listFolder(path)
        }
        system.mapFile = { file, count throws(SystemFailure) in
            try self.pass("map")
            return try live.mapFile(file, count)
        }
        system.lockFile = { file throws(SystemFailure) in
            try self.pass("lock")
            try live.lockFile(file)
        }
        return system
    }
}
