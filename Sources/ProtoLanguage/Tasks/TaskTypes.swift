package import PIE

/// The types that a store of checks contains, for a process to find them there.
///
/// An output is used as long as the type's `version` is the one that made it. Whoever changes what a task finds, also by
/// way of the lexer, the parser or the sources that come along, raises the `version` of that task's type.
package enum TaskTypes {
    /// The types of tasks.
    package static let tasks: [any IncrementalTask.Type] = [
        CheckFile.self, CollectNames.self, FindConflicts.self, FindSources.self, MapImports.self, ParseFile.self,
        ReadHeader.self, ResolveImport.self,
    ]

    /// The types of projections.
    package static let projections: [any Projection.Type] = [
        ExtensionRangesOf.self, HeaderOfParse.self, NamesAmong.self, OutlineOfParse.self, SyntaxOfParse.self,
        ValuesOfEnum.self,
    ]
}
