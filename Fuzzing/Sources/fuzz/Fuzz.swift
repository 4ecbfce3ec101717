import Dispatch
import Foundation

/// The parts of the library that take bytes from anywhere, for libFuzzer to find bytes that they do not stand.
///
/// `fuzz TARGET …` goes on as every program of libFuzzer does; `fuzz corpus TARGET FOLDER` writes inputs to begin with.
@main enum Fuzz {
    /// What is given bytes.
    enum Target: String, CaseIterable {
        case values
        case store
        case proto

        /// Inputs to begin with.
        func corpus() async throws -> [[UInt8]] {
            switch self {
            case .values: try ValueFuzz.corpus()
            case .store: try await StoreFuzz.corpus(in: folder)
            case .proto: []
            }
        }

        /// Takes one input.
        func run(_ bytes: [UInt8]) async throws {
            switch self {
            case .values: try ValueFuzz.run(bytes)
            case .store: try await StoreFuzz.run(bytes, in: folder)
            case .proto: try await ProtoFuzz.run(bytes, in: folder)
            }
        }
    }

    /// Where a target may write: in memory, if the system has such a place.
    static let folder: String = {
        let memory = "/dev/shm"
        let place = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        let folder = place + "/pie-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }()

    static let target = CommandLine.arguments.dropFirst().first { $0 != "corpus" }.flatMap(Target.init)

    static func main() {
        guard let target else {
            print("usage: fuzz [corpus] \(Target.allCases.map(\.rawValue).joined(separator: "|")) …")
            exit(64)
        }
        if CommandLine.arguments[1] == "corpus" {
            let output = CommandLine.arguments.last ?? "."
            waiting {
                for (number, bytes) in try await target.corpus().enumerated() {
                    try Data(bytes).write(to: URL(fileURLWithPath: "\(output)/sample-\(number)"))
                }
            }
            return
        }
        var arguments: [UnsafeMutablePointer<CChar>?] =
            ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2))
            .map { strdup($0) }
        var count = Int32(arguments.count)
        arguments.append(nil)
        let status = arguments.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            return runDriver(&count, &start) { Fuzz.take($0, $1) }
        }
        try? FileManager.default.removeItem(atPath: folder)
        exit(status)
    }

    /// Takes what libFuzzer has made up; what is thrown is a finding like a trap.
    static func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        let input = Array(UnsafeBufferPointer(start: bytes, count: count))
        guard let target else { return -1 }
        waiting { try await target.run(input) }
        return 0
    }

    /// Waits on this thread, which is none of those that tasks run on, for something to be done.
    private static func waiting(_ body: @escaping @Sendable () async throws -> Void) {
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await body() } catch { fatalError("\(error)") }
            isDone.signal()
        }
        isDone.wait()
    }
}

/// The main function of libFuzzer.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The name that libFuzzer's own `main` looks for, which is not used.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 { Fuzz.take(bytes, count) }
