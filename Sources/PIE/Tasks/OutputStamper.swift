/// Reduces an output to the part that a requirer wants to be told of when it changes.
///
/// A requirement made with a stamper holds as long as the stamp of the present output equals the stamp of the output
/// that the requirer saw. The requirer still receives the whole output; what it uses of it should be covered by the
/// stamp. A ``Projection`` is the safer form: there the requirer sees no more than what it depends on.
public protocol OutputStamper<Output>: Hashable, Codable, Sendable {
    /// The outputs this stamper reduces.
    associatedtype Output

    /// What is remembered and compared.
    associatedtype Stamp: Equatable & Codable & Sendable

    /// Returns the stamp of an output.
    ///
    /// - Parameter output: The output of the required task.
    /// - Returns: A value that is equal for outputs between which the requirer sees no difference.
    func stamp(_ output: Output) -> Stamp
}

/// Compares whole outputs; what a requirement without a stamper does.
public struct EqualStamper<Output: Equatable & Codable & Sendable>: OutputStamper {
    /// Creates the stamper.
    public init() {}

    /// Returns the output itself.
    ///
    /// - Parameter output: The output of the required task.
    /// - Returns: `output`.
    public func stamp(_ output: Output) -> Output { output }
}

/// Sees no difference between any two outputs: the requirer wants the task to have run, whatever it returns.
public struct InconsequentialStamper<Output>: OutputStamper {
    /// Creates the stamper.
    public init() {}

    /// Returns the same stamp for every output.
    ///
    /// - Parameter output: The output of the required task, which is not looked at.
    /// - Returns: A value without content.
    public func stamp(_ output: Output) -> NoOutput { NoOutput() }
}

extension OutputStamper {
    /// A stamper that compares whole outputs.
    ///
    /// - Returns: The stamper that a requirement without a stamper uses.
    public static func equal<Value>() -> Self where Self == EqualStamper<Value> { EqualStamper() }

    /// A stamper that sees no difference between any two outputs.
    ///
    /// - Returns: A stamper for requirements that are made for a task's effects alone.
    public static func inconsequential<Value>() -> Self where Self == InconsequentialStamper<Value> {
        InconsequentialStamper()
    }
}
