/// Which tasks stand between the files and the result.
package enum BuildShape: String {
    /// One task for each folder requires those of its files, and one requires the folders.
    case tree

    /// One task requires those of all files.
    case flat

    /// As `flat`, but updates keep only the tasks of the files up to date.
    case leaves

    /// How many tasks there are.
    package func tasks(_ count: Int) -> Int { count + 1 + (self == .tree ? SourceFiles.folders(count) : 0) }

    /// How many tasks execute when one file has changed.
    package var height: Int {
        switch self {
        case .tree: 3
        case .flat: 2
        case .leaves: 1
        }
    }
}
