extension StringProtocol {
    /// The text, without its end if it is longer than a limit.
    ///
    /// - Complexity: O(1) in the length of the text, O(*n*) in the limit.
    func shortened(to limit: Int) -> String {
        guard let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end < endIndex else {
            return String(self)
        }
        return self[..<end] + "…"
    }
}
