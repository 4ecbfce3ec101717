/// How `protocheck inspect` prints.
package enum InspectionFormat: Equatable, Sendable {
    /// For people.
    case text
    /// For programs.
    case json
    /// For Graphviz.
    case dot
}
