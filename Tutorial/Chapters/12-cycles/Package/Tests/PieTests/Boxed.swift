import Pie

/// Boxes tasks of any types.
func boxed(_ tasks: any IncrementalTask...) -> [AnyTask] {
    tasks.map { AnyTask($0) }
}
