@_spi(ValueCoding) internal import PIE

/// Checks values of one type: that equality, hash and encoding agree.
struct ValueCheck<Value: Equatable & Codable> {
    /// What the values are, such as `task`.
    let noun: String

    private(set) var problems: [ConformanceProblem] = []

    private let hash: ((Value) -> Int)?
    private let registry: TaskRegistry?

    /// Makes a check of values whose hashes do not matter.
    init(_ noun: String, hash: ((Value) -> Int)? = nil, tasks: [any IncrementalTask.Type] = []) {
        self.noun = noun
        self.hash = hash
        registry = try? TaskRegistry(tasks)
    }

    /// Checks a value, beside others that are equal to it and others that are not.
    ///
    /// - Returns: The value as it comes back from its encoding, if it does and is equal.
    @discardableResult
    mutating func check(_ value: Value, equalTo equals: [Value] = [], differentFrom others: [Value] = []) -> Value? {
        if value != value {
            add(
                .equality,
                "a \(noun) is not equal to itself",
                [noun: "\(value)"],
                hint: "it would count as changed each time; let == compare what can be equal: a NaN is not"
            )
            return nil
        }
        let encoding = encode(value)
        let copy = encoding.flatMap { decode($0, of: value) }
        if let copy { checkEqual(value, copy, "decoded") }
        for equal in equals {
            if value != equal || equal != value {
                add(
                    .equality,
                    "\(plural) that should be equal are not",
                    [noun: "\(value)", "other": "\(equal)"],
                    hint: "what does not tell one \(noun) from another should not be among its properties, or not in =="
                )
                continue
            }
            checkEqual(value, equal, "other")
        }
        for other in others { checkDifferent(value, other, encoding) }
        return copy
    }

    private var plural: String { "two \(noun)s" }

    /// Checks what must be the same for equal values.
    private mutating func checkEqual(_ value: Value, _ equal: Value, _ label: String) {
        if let hash, hash(value) != hash(equal) {
            add(
                .hash,
                "equal \(noun)s have different hashes",
                [noun: "\(value)", label: "\(equal)"],
                hint: "let hash(into:) use no more than what == compares"
            )
        }
        guard let one = encode(value), let other = encode(equal), one != other else { return }
        add(
            .encoding,
            "equal \(noun)s have different encodings",
            [noun: "\(value)", label: "\(equal)", "bytes": "\(one.count) and \(other.count)"],
            hint:
                "a store would take them for two; let encode(to:) write no more than what == compares, in a fixed order"
        )
    }

    private mutating func checkDifferent(_ value: Value, _ other: Value, _ encoding: [UInt8]?) {
        if value == other || other == value {
            add(
                .equality,
                "\(plural) that should differ are equal",
                [noun: "\(value)", "other": "\(other)"],
                hint: "equal \(noun)s count as one and the same; let == compare every property that matters"
            )
        } else if let encoding, let bytes = encode(other), encoding == bytes {
            add(
                .encoding,
                "\(plural) that differ have the same encoding",
                [noun: "\(value)", "other": "\(other)"],
                hint: "a store would take them for one; let encode(to:) write everything that == compares"
            )
        }
    }

    private mutating func encode(_ value: Value) -> [UInt8]? {
        do {
            let bytes = try ValueEncoder().encode(value)
            if try ValueEncoder().encode(value) == bytes { return bytes }
            add(
                .encoding,
                "a \(noun) has another encoding each time",
                [noun: "\(value)"],
                hint:
                    "let encode(to:) write in a fixed order; a Set or Dictionary that is given to a container is sorted"
            )
        } catch {
            add(
                .encoding,
                "a \(noun) cannot be encoded",
                [noun: "\(value)", "error": "\(error)"],
                hint: "what cannot be encoded cannot be kept in a store"
            )
        }
        return nil
    }

    private mutating func decode(_ bytes: [UInt8], of value: Value) -> Value? {
        do {
            let decoder = ValueDecoder()
            decoder.userInfo[.taskRegistry] = registry
            let decoded = try decoder.decode(Value.self, from: bytes)
            if decoded == value && value == decoded { return decoded }
            add(
                .decoding,
                "a \(noun) comes back from its encoding as another one",
                [noun: "\(value)", "decoded": "\(decoded)"],
                hint: "let encode(to:) and init(from:) cover every property that == compares"
            )
        } catch {
            add(
                .decoding,
                "a \(noun) cannot be decoded from its encoding",
                [noun: "\(value)", "error": "\(error)"],
                hint:
                    "let init(from:) read what encode(to:) writes; types of tasks inside an AnyTask are to be given as well"
            )
        }
        return nil
    }

    private mutating func add(
        _ kind: ConformanceProblem.Kind,
        _ title: String,
        _ details: KeyValuePairs<String, String>,
        hint: String
    ) {
        let problem = ConformanceProblem(kind, title, details, hint: hint)
        if !problems.contains(problem) { problems.append(problem) }
    }
}
