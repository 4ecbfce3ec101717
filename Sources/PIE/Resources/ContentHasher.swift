/// Computes a ``ContentHash`` of bytes that come in pieces.
///
/// The bytes are taken in stripes of four 64-bit words. Two lanes see every word; each lane keeps two states, one for
/// either half of the stripe. A state takes a pair of words by a multiplication of 64 × 64 bits whose 128-bit product
/// is folded by exclusive or. The lanes pair the words the other way round and under other constants, and nothing
/// flows between them, so that an accident in one lane says nothing about the other. Folding both factors in again
/// means that a factor that happens to be zero loses neither the words nor the state.
///
/// Four independent chains keep the multiplier busy, and they fit the registers: about one cycle for six bytes.
struct ContentHasher {
    /// The number of bytes that are taken at once; a power of two.
    static let stripe = 32

    private var first: (UInt64, UInt64) = (0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344)
    private var second: (UInt64, UInt64) = (0xA409_3822_299F_31D0, 0x082E_FA98_EC4E_6C89)
    private var count: UInt64 = 0

    /// Odd constants without a pattern; which ones does not matter, but changing them changes every store.
    private static var keys: (UInt64, UInt64, UInt64, UInt64) {
        (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03, 0xAEF1_7502_108E_F2D9, 0x8CB9_2BA7_2F3D_8DD7)
    }

    /// Takes bytes whose number is a multiple of ``stripe``.
    @inline(__always)
    mutating func combine(stripes bytes: UnsafeRawBufferPointer) {
        assert(bytes.count.isMultiple(of: Self.stripe))
        guard let base = bytes.baseAddress else { return }
        // Local copies stay in registers over the loop.
        var state = self
        var offset = 0
        while offset < bytes.count {
            state.mix(
                Self.word(base, offset),
                Self.word(base, offset + 8),
                Self.word(base, offset + 16),
                Self.word(base, offset + 24)
            )
            offset += Self.stripe
        }
        state.count &+= UInt64(bytes.count)
        self = state
    }

    /// Takes the last bytes, fewer than ``stripe``, and gives the hash of all.
    @inline(__always)
    func finish(tail: UnsafeRawBufferPointer) -> ContentHash {
        assert(tail.count < Self.stripe)
        var state = self
        if let base = tail.baseAddress, !tail.isEmpty {
            let count = tail.count
            // Zeros that fill the stripe up are told from zeros of the content by the number of bytes.
            state.mix(
                Self.word(base, 0, count),
                Self.word(base, 8, count),
                Self.word(base, 16, count),
                Self.word(base, 24, count)
            )
            state.count &+= UInt64(count)
        }
        let length = state.count
        let keys = Self.keys
        let low = Self.fold(state.first.0 ^ keys.3 ^ length, state.first.1 ^ keys.2)
        let high = Self.fold(state.second.0 ^ keys.1, state.second.1 ^ keys.0 ^ length)
        return ContentHash(high: Self.finalised(high), low: Self.finalised(low))
    }

    @inline(__always)
    private mutating func mix(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
        let keys = Self.keys
        first.0 = Self.fold(a ^ keys.0, b ^ first.0)
        second.0 = Self.fold(b ^ keys.1, a ^ second.0)
        first.1 = Self.fold(c ^ keys.2, d ^ first.1)
        second.1 = Self.fold(d ^ keys.3, c ^ second.1)
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return a ^ b ^ product.low ^ product.high
    }

    /// Spreads every bit over the whole word, losing none.
    @inline(__always)
    private static func finalised(_ word: UInt64) -> UInt64 {
        var word = word
        word ^= word >> 32
        word &*= 0xD6E8_FEB8_6659_FD93
        word ^= word >> 29
        word &*= 0xFF51_AFD7_ED55_8CCD
        return word ^ word >> 32
    }

    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        // SAFETY: the callers keep `offset + 8` within the bytes that `base` points to.
        // Little-endian everywhere: a store may move to another machine.
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The word at an offset of a piece that ends at `count`; what lies beyond is zero.
    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int, _ count: Int) -> UInt64 {
        if offset + 8 <= count { return word(base, offset) }
        var result: UInt64 = 0
        var shift: UInt64 = 0
        var index = offset
        while index < count {
            // SAFETY: `index` is less than the number of bytes.
            result |= UInt64(base.load(fromByteOffset: index, as: UInt8.self)) << shift
            shift += 8
            index += 1
        }
        return result
    }
}
