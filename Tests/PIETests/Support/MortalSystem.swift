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
/// has left. A name that is given or taken counts as a byte. A process that dies after an even number of bytes leaves no
/// record of a journal in part, as one that dies between two groups of records.
final class MortalSystem: Sendable {
    private struct State {
        var left: Int?
        var leavesWholeRecords = false
        var isDead = false
    }

    private let state = Lock(State())

    /// Lets the process die after some bytes from now on; nil: not at all.
    func die(after bytes: Int?) {
        state.withLock { $0 = State(left: bytes, leavesWholeRecords: bytes?.isMultiple(of: 2) ?? false) }
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// How many of some bytes still get through.
    private func pass(_ count: Int, _ records: UnsafeRawBufferPointer? = nil) -> Int {
        state.withLock { state in
            if state.isDead { return 0 }
            guard let left = state.left else { return count }
            if count <= left {
                state.left = left - count
                return count
            }
            state.isDead = true
            guard state.leavesWholeRecords, let records else { return left }
            return Self.wholeRecords(in: records, atMost: left)
        }
    }

    /// How many bytes the first records of a group take that fit into a number of bytes.
    private static func wholeRecords(in group: UnsafeRawBufferPointer, atMost limit: Int) -> Int {
        var end = 0
        while end + 4 <= group.count {
            let payload = Int(UInt32(littleEndian: group.loadUnaligned(fromByteOffset: end, as: UInt32.self)))
            if end + payload + 18 > limit { break }
            end += payload + 18
        }
        return end
    }

    var system: StoreSystem {
        var system = StoreSystem.live
        let live = StoreSystem.live
        system.openFile = { path, flags throws(SystemFailure) in
            try live.openFile(flags & O_CREAT != 0 && self.isDead ? "/dev/null" : path, flags)
        }
        system.writeBytes = { file, bytes, offset throws(SystemFailure) in
            var rest = UnsafeRawBufferPointer(rebasing: bytes[..<self.pass(bytes.count, bytes)])
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
