@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system calls of a process that dies when it has written so many bytes.
///
/// What the store does from then on reaches nothing, and it is not told: who opens it next finds what a killed process
/// has left. A name that is given or taken counts as a byte.
final class MortalSystem: Sendable {
    private struct State {
        var left: Int?
        var isDead = false
    }

    private let state = Lock(State())

    /// Lets the process die after some bytes from now on; nil: not at all.
    func die(after bytes: Int?) {
        state.withLock { $0 = State(left: bytes) }
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// How many of some bytes still get through.
    private func pass(_ count: Int) -> Int {
        state.withLock { state in
            if state.isDead { return 0 }
            guard let left = state.left else { return count }
            if count <= left {
                state.left = left - count
                return count
            }
            state.isDead = true
            return left
        }
    }

    var system: StoreSystem {
        var system = StoreSystem.live
        let live = StoreSystem.live
        system.openFile = { path, flags throws(SystemFailure) in
            try live.openFile(flags & O_CREAT != 0 && self.isDead ? "/dev/null" : path, flags)
        }
        system.writeBytes = { file, bytes, offset throws(SystemFailure) in
            var rest = UnsafeRawBufferPointer(rebasing: bytes[..<self.pass(bytes.count)])
            var place = offset
            while !rest.isEmpty {
                let count = try live.writeBytes(file, rest, place)
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                place += count
            }
            return bytes.count
        }
        system.renameFile = { path, newPath throws(SystemFailure) in
            if self.pass(1) > 0 { try live.renameFile(path, newPath) }
        }
        system.linkFile = { path, newPath throws(SystemFailure) in
            if self.pass(1) > 0 { try live.linkFile(path, newPath) }
        }
        system.removeFile = { path throws(SystemFailure) in
            if self.pass(1) > 0 { try live.removeFile(path) }
        }
        return system
    }
}
