extension Equatable {
    /// Whether a value of any type has the type of this one and is equal to it.
    func isEqual(to other: any Equatable) -> Bool {
        (other as? Self) == self
    }
}
