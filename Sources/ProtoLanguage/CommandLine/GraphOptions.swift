/// What to show of the dependency graph.
package struct GraphOptions: Equatable, Sendable {
    /// The types of tasks to show, by their names; empty for all.
    package var types: [String] = []
    /// The files around which to show the graph; empty for everything.
    package var centers: [String] = []
    /// How many files away from these another one may be.
    package var depth: Int?
    /// Whether to show which file depends on which, and no tasks.
    package var showsFilesOnly = false
    /// Whether to show the tasks as well that are about no single file.
    package var showsAll = false

    /// What is shown when nothing else is asked for.
    package init() {}
}
