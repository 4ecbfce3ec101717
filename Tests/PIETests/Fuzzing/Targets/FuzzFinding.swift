/// What a fuzz target has found to be wrong; what traps or hangs, it cannot tell.
struct FuzzFinding: Error, CustomStringConvertible {
    var description: String
}
