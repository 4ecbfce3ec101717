#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The two streams that a command writes to.
package enum Terminal {
    /// A stream.
    package enum Stream: CInt, Sendable {
        case output = 1
        case error = 2
    }

    /// Writes `text` and a newline.
    package static func print(_ text: String, to stream: Stream) {
        write(text + "\n", to: stream)
    }

    /// Writes `text` as it is, in as many pieces as the system wants.
    package static func write(_ text: String, to stream: Stream) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(stream.rawValue, $0) }
            guard count > 0 else {
                return
            }
            bytes.removeFirst(count)
        }
    }

    /// Whether `stream` goes to a terminal.
    package static func isTerminal(_ stream: Stream) -> Bool {
        isatty(stream.rawValue) == 1
    }

    /// Whether output to `stream` should be colored, going by the terminal and the environment.
    package static func prefersColor(on stream: Stream) -> Bool {
        if let value = environment("NO_COLOR"), !value.isEmpty {
            return false
        }
        return isTerminal(stream) && environment("TERM") != "dumb"
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
