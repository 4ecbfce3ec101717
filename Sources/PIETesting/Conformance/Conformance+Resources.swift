public import PIE

extension Conformance {
    /// Checks a resource: as a value, that loading it and taking its stamp agree, and that both repeat themselves.
    ///
    /// - Parameters:
    ///   - resource: The resource; nothing may change its content meanwhile.
    ///   - pie: The build whose root, buffers and inputs it is looked up in.
    ///   - equals: Resources that are equal to it.
    ///   - others: Resources that differ from it.
    ///   - change: Changes the content of the resource: its stamp must be another one then.
    /// - Returns: What is wrong.
    /// - Throws: What `change` throws.
    public static func problems<R: Resource>(
        of resource: R,
        in pie: Pie,
        equalTo equals: [R] = [],
        differentFrom others: [R] = [],
        changing change: (() async throws -> Void)? = nil
    ) async throws -> [ConformanceProblem] {
        var check = ValueCheck<R>("resource", hash: \.hashValue)
        check.check(resource, equalTo: equals, differentFrom: others)
        var stamps = ValueCheck<R.Stamp>("stamp")
        var problems = check.problems
        func add(_ title: String, _ details: KeyValuePairs<String, String>, hint: String) {
            problems.append(ConformanceProblem(.stamp, title, details, hint: hint))
        }
        let scope = pie.presentScope
        do {
            let (content, loaded) = try await resource.load(in: scope)
            let taken = try await resource.stamp(in: scope)
            let (contentAgain, loadedAgain) = try await resource.load(in: scope)
            stamps.check(loaded)
            if loaded != taken {
                add(
                    "loading a resource gives another stamp than taking its stamp",
                    ["resource": "\(resource)", "loaded": "\(loaded)", "stamp": "\(taken)"],
                    hint: "its readers would run each time; make both of the same look at the content"
                )
            }
            if loaded != loadedAgain {
                add(
                    "loading a resource twice gives different stamps",
                    ["resource": "\(resource)", "first": "\(loaded)", "second": "\(loadedAgain)"],
                    hint:
                        "its readers would run each time; leave out of the stamp what is not content, such as the time"
                )
            } else if !areEqual(content, contentAgain) {
                add(
                    "a resource has different contents with the same stamp",
                    ["resource": "\(resource)", "first": "\(content)", "second": "\(contentAgain)"],
                    hint: "no reader would notice; let the stamp cover all of the content, and the content be sorted"
                )
            }
        } catch {
            add(
                "a resource cannot be loaded",
                ["resource": "\(resource)", "error": "\(error)"],
                hint: "check it where it can be loaded; a resource that may be missing has a content that says so"
            )
        }
        guard problems.isEmpty, let change else { return problems + stamps.problems }
        let before = try? await resource.stamp(in: scope)
        try await change()
        let after = try? await resource.stamp(in: pie.presentScope)
        if let before, let after, before == after {
            add(
                "a resource has the same stamp after a change",
                ["resource": "\(resource)", "stamp": "\(after)"],
                hint: "no reader would notice the change; let the stamp cover all of the content"
            )
        }
        return problems + stamps.problems
    }

    /// Whether two contents are equal; those that cannot be compared are taken to be.
    private static func areEqual(_ one: any Sendable, _ other: any Sendable) -> Bool {
        func isEqual<Value: Equatable>(_ value: Value) -> Bool { (other as? Value) == value }
        guard let value = one as? any Equatable else { return true }
        return isEqual(value)
    }
}
