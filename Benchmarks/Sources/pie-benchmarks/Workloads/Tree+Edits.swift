import PIE

extension Tree {
    /// Some leaves of the lowest level, as far apart as they can be, that each read an input of their own.
    ///
    /// What a leaf adds to the root is its value times a power of 31: what the root should be after an edit is known
    /// without computing the tree again, which would take the time between two sessions that are compared at all sizes.
    struct Edits {
        static let inputs = (0..<2_048).map { Input<Int>("edit \($0)") }

        let size: Int

        /// The value of each input.
        private var values: [Int]

        /// By how much the values change the root.
        private(set) var sum = 0

        init(size: Int) {
            self.size = size
            values = Array(repeating: 0, count: Self.count(size))
        }

        var count: Int { values.count }

        /// One task in a hundred, so that the smallest tree is not made of edited leaves.
        private static func count(_ size: Int) -> Int { min(inputs.count, max(1, size / 100)) }

        /// Where the lowest level begins.
        private static func firstLeaf(_ size: Int) -> Int {
            var first = 0
            while 10 * first + 1 < size { first = 10 * first + 1 }
            return first
        }

        /// How far the edited leaves are from each other.
        private static func stride(_ size: Int) -> Int { max(1, (size - firstLeaf(size)) / count(size)) }

        /// The input that a leaf reads besides the one that all of them read.
        static func input(of leaf: Int, _ size: Int) -> Input<Int>? {
            let (edit, rest) = (leaf - firstLeaf(size)).quotientAndRemainder(dividingBy: stride(size))
            return rest == 0 && (0..<count(size)).contains(edit) ? inputs[edit] : nil
        }

        /// Sets all inputs as they are now.
        func apply(to pie: Pie) {
            for (input, value) in zip(Self.inputs, values) { pie.set(input, to: value) }
        }

        /// Changes an input.
        ///
        /// - Returns: The number of tasks from the leaf that reads it up to the root, which is the same for all.
        @discardableResult
        mutating func change(_ edit: Int, in pie: Pie) -> Int {
            values[edit] += 1
            pie.set(Self.inputs[edit], to: values[edit])
            var (index, length, weight) = (Self.firstLeaf(size) + edit * Self.stride(size), 1, 1)
            while index > 0 {
                let parent = (index - 1) / 10
                for _ in index..<min(10 * parent + 10, size - 1) { weight = weight &* 31 }
                (index, length) = (parent, length + 1)
            }
            sum = sum &+ weight
            return length
        }
    }
}
