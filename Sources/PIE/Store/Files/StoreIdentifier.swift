/// A random number that tells one store from all others.
package struct StoreIdentifier: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new number.
    package static func random() -> StoreIdentifier {
        StoreIdentifier(high: .random(in: 0...UInt64.max), low: .random(in: 0...UInt64.max))
    }
}
