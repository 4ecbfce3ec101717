/// How much is measured, unless the command line says sizes and runs.
enum Extent: Sendable {
    /// All workloads at one or two sizes, a few times.
    case quick

    /// What takes no longer than some minutes.
    case usual

    /// Everything, up to 1,000,000.
    case full

    /// How often a phase is measured.
    var runs: Int { self == .quick ? 3 : 9 }

    /// Sizes for each.
    func sizes(quick: [Int], usual: [Int], beyond: [Int] = []) -> [Int] {
        switch self {
        case .quick: quick
        case .usual: usual
        case .full: usual + beyond
        }
    }
}
