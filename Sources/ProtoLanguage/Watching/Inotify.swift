#if os(Linux)
    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// The queue of file events that the system keeps for a process: a thin layer over system calls.
    final class Inotify {
        /// The number of a watch.
        typealias Watch = CInt

        /// Something that happened to a watched folder, or to a name in it.
        struct Event {
            var watch: Watch
            var mask: UInt32
            /// The name in the folder; empty for the folder itself.
            var name: String

            /// Whether the event says any of `bits`.
            func says(_ bits: CInt) -> Bool { mask & UInt32(bits) != 0 }
        }

        /// What folders are watched for: names that come and go, and files that are written or become readable.
        private static let mask = UInt32(
            IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB
                | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
        )

        let descriptor: CInt
        private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)

        /// Opens a queue.
        init() throws(WatchFailure) {
            descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
            guard descriptor >= 0 else {
                throw Self.failure("The system gives no further event queue", limit: "max_user_instances")
            }
        }

        deinit {
            if descriptor >= 0 { close(descriptor) }
            buffer.deallocate()
        }

        /// Watches a folder.
        ///
        /// - Parameter folder: An absolute path.
        /// - Returns: The watch, the same for two paths of one folder; nil if there is no such folder, or it may not be read.
        /// - Throws: A ``WatchFailure`` if the system watches no more folders.
        func watch(_ folder: String) throws(WatchFailure) -> Watch? {
            let watch = inotify_add_watch(descriptor, folder, Self.mask)
            if watch >= 0 { return watch }
            if errno == ENOSPC || errno == ENOMEM {
                throw Self.failure("The system watches no more folders", limit: "max_user_watches")
            }
            return nil
        }

        /// Watches a folder no more.
        func remove(_ watch: Watch) {
            inotify_rm_watch(descriptor, watch)
        }

        /// Takes the events out that have come.
        func takeEvents() -> [Event] {
            var events: [Event] = []
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return events }
                parse(UnsafeRawBufferPointer(buffer)[..<count], into: &events)
            }
        }

        /// Each event is a header with the length of the name that follows it, padded with zeros.
        private func parse(_ bytes: Slice<UnsafeRawBufferPointer>, into events: inout [Event]) {
            let headerSize = MemoryLayout<inotify_event>.size
            var rest = UnsafeRawBufferPointer(rebasing: bytes)
            while rest.count >= headerSize {
                let header = rest.loadUnaligned(as: inotify_event.self)
                let end = min(rest.count, headerSize + Int(header.len))
                let name = rest[headerSize..<end].prefix { $0 != 0 }
                events.append(
                    Event(watch: header.wd, mask: header.mask, name: String(decoding: name, as: UTF8.self))
                )
                rest = UnsafeRawBufferPointer(rebasing: rest[end...])
            }
        }

        private static func failure(_ what: String, limit: String) -> WatchFailure {
            let reason = String(cString: strerror(errno))
            return WatchFailure(
                message: "\(what) (\(reason)): looking at every file now and then instead. "
                    + "Raise the limit with 'sysctl fs.inotify.\(limit)=<n>'."
            )
        }
    }
#endif
