// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// How events get to the trackers, decided without a thread (R20).
@Suite struct OutboxTests {
    @Test func R20_oneThreadHandsOverWhatOthersAdd() {
        var outbox = Outbox()
        var wake: [UnsafeContinuation<Void, Never>] = []
        #expect(outbox.begin() == nil)
        outbox.add(.scheduled(1))
        outbox.add(.scheduled(2))
        #expect(outbox.begin()?.count == 2)
        outbox.add(.scheduled(3))
        #expect(outbox.begin() == nil, "another thread is at it")
        #expect(outbox.goOn(after: 2, &wake)?.count == 1)
        #expect(outbox.goOn(after: 1, &wake) == nil)
        outbox.add(.scheduled(4))
        #expect(outbox.begin()?.count == 1)
    }

    @Test func R20_whoWaitsIsWokenWhenItsEventsAreHandled() async {
        let outbox = Lock<Outbox>(Outbox())
        outbox.withLock { $0.add(.scheduled(1)) }
        let batch = outbox.withLock { $0.begin() }
        outbox.withLock { $0.add(.scheduled(2)) }
        let isWoken = Lock<Bool>(false)
        await withTaskGroup(of: Void.self) { group in
            let isWaiting = await withUnsafeContinuation { (registered: UnsafeContinuation<Bool, Never>) in
                group.addTask {
                    await withUnsafeContinuation { continuation in
                        registered.resume(returning: outbox.withLock { $0.wait(continuation) })
                    }
                    isWoken.withLock { $0 = true }
                }
            }
            #expect(isWaiting)
            for count in [batch?.count ?? 0, 1] {
                #expect(!isWoken.withLock { $0 })
                var wake: [UnsafeContinuation<Void, Never>] = []
                _ = outbox.withLock { $0.goOn(after: count, &wake) }
                for continuation in wake { continuation.resume() }
            }
        }
        #expect(isWoken.withLock { $0 })
    }

    @Test func R20_nobodyWaitsWhereNothingIsLeft() async {
        var outbox = Outbox()
        outbox.add(.scheduled(1))
        var wake: [UnsafeContinuation<Void, Never>] = []
        #expect(outbox.goOn(after: outbox.begin()?.count ?? 0, &wake) == nil)
        let isWaiting = Lock<Bool>(true)
        await withUnsafeContinuation { continuation in
            isWaiting.withLock { $0 = outbox.wait(continuation) }
            continuation.resume()
        }
        #expect(!isWaiting.withLock { $0 })
    }
}
