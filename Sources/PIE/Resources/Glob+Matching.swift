extension Glob {
    /// Whether a path matches.
    ///
    /// - Parameter path: A path with `/` between its components, as seen from the folder that is listed.
    /// - Returns: Whether the whole of it, or its last component if the pattern has no `/`, matches.
    /// - Complexity: O(*n* × *m*) where *n* and *m* are the lengths of path and pattern.
    package func matches(_ path: Substring) -> Bool {
        guard !isAnchored, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return run(on: path.unicodeScalars)
        }
        return run(on: path[path.utf8.index(after: slash)...].unicodeScalars)
    }

    private func run(on name: Substring.UnicodeScalarView) -> Bool {
        var places = Places(count: program.count + 1)
        var next = places
        enter(0, &places)
        for scalar in name {
            next.removeAll()
            for place in places.members where place < program.count {
                if takes(program[place], scalar) { enter(place + 1, &next) }
            }
            swap(&places, &next)
            if places.members.isEmpty { return false }
        }
        return places.contains(program.count)
    }

    private func takes(_ instruction: Instruction, _ scalar: Unicode.Scalar) -> Bool {
        switch instruction {
        case .literal(let expected): return scalar == expected
        case .any: return scalar != "/"
        case .anyWithSlash: return true
        case .oneOf(let ranges, let isNegated):
            return scalar != "/" && ranges.contains { $0.contains(scalar.value) } != isNegated
        case .split, .jump: return false
        }
    }

    /// Adds a place, and those that it leads to without taking a character.
    private func enter(_ place: Int, _ places: inout Places) {
        // The members are their own work list: what is added behind is looked at in its turn.
        var index = places.members.count
        places.insert(place)
        while index < places.members.count {
            let place = places.members[index]
            index += 1
            guard place < program.count else { continue }
            switch program[place] {
            case .split(let here, let there):
                places.insert(here)
                places.insert(there)
            case .jump(let there): places.insert(there)
            default: break
            }
        }
    }

    /// A set of places that can be gone through in the order of insertion and emptied at no cost.
    private struct Places {
        private(set) var members: [Int] = []
        private var marks: [Int]
        private var mark = 1

        init(count: Int) {
            marks = Array(repeating: 0, count: count)
        }

        func contains(_ place: Int) -> Bool { marks[place] == mark }

        mutating func insert(_ place: Int) {
            if marks[place] == mark { return }
            marks[place] = mark
            members.append(place)
        }

        mutating func removeAll() {
            members.removeAll(keepingCapacity: true)
            mark += 1
        }
    }
}
