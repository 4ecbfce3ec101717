extension Oracle {
    /// How long an oracle runs, and from where.
    struct Settings: Sendable {
        let seed: UInt64
        private let steps: Int?
        private let duration: Duration
        private let isReplay: Bool
        let stopsAtFailure: Bool
        let shrinkingAttempts: Int

        init(_ environment: [String: String]) {
            let seed = environment["PIE_ORACLE_SEED"].flatMap { UInt64($0) }
            let minutes = environment["PIE_ORACLE_MINUTES"].flatMap { Double($0) }
            self.seed = seed ?? 1
            steps = environment["PIE_ORACLE_STEPS"].flatMap { Int($0) } ?? (minutes == nil ? 4_000 : nil)
            shrinkingAttempts = environment["PIE_ORACLE_SHRINKING"].flatMap { Int($0) } ?? 1_500
            duration = minutes.map { .seconds($0 * 60) } ?? .seconds(1_000_000)
            isReplay = seed != nil && minutes == nil && environment["PIE_ORACLE_STEPS"] == nil
            stopsAtFailure = environment["PIE_ORACLE_GOES_ON"] == nil
        }

        func goesOn(after steps: Int, cases: Int, for duration: Duration) -> Bool {
            if isReplay { return cases < 1 }
            return duration < self.duration && steps < self.steps ?? .max
        }
    }
}
