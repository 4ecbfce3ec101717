/// Tasks, resources, stampers and projections as text, as far as their types are known.
extension StoreContents {
    /// The type identifier of a task; empty for one that could not be stored.
    func typeIdentifier(of task: TaskID) -> String {
        guard let type = scan.tasks[task]?.key.type, Int(type) < scan.catalog.taskTypes.count else { return "" }
        return scan.catalog.taskTypes[Int(type)].identifier
    }

    /// A task, and how it is printed.
    func name(of task: TaskID) -> (box: AnyTask, text: String) {
        let identifier = typeIdentifier(of: task)
        let key = scan.tasks[task]?.key.bytes ?? []
        if let type = registry[identifier], let encoding = try? scan.catalog.encoding(of: key),
            let box = decode(type, encoding)
        {
            return (box, box.description)
        }
        let box = AnyTask(UnknownTask(typeIdentifier: identifier, encoding: key))
        return (box, identifier.isEmpty ? "a task that could not be stored" : text(ofType: identifier, key))
    }

    private func decode<T: IncrementalTask>(_ type: T.Type, _ encoding: [UInt8]) -> AnyTask? {
        let decoder = ValueDecoder()
        decoder.userInfo[.keepsUnknownTasks] = true
        decoder.userInfo[.taskRegistry] = registry
        return (try? decoder.decode(type, from: encoding)).map { AnyTask($0) }
    }

    /// The file that a resource is, or how another resource is printed.
    func name(ofResource id: ResourceID) -> (file: File?, text: String) {
        guard let resource = scan.resources[id] else { return (nil, "an unknown resource") }
        if resource.key.type == 0 {
            let path = String(decoding: resource.key.bytes, as: UTF8.self)
            return (File(path), path)
        }
        let type = typeName(of: resource)
        let encoding = (try? scan.catalog.encoding(of: resource.key.bytes)) ?? []
        let known: (any CustomStringConvertible)? =
            switch type {
            case String(reflecting: DirectoryListing.self):
                try? ValueDecoder().decode(DirectoryListing.self, from: encoding)
            case String(reflecting: EnvironmentVariable.self):
                try? ValueDecoder().decode(EnvironmentVariable.self, from: encoding)
            default: nil
            }
        if let known { return (nil, "\(Self.shortName(ofType: type)) \(known)") }
        return (nil, text(ofType: type, resource.key.bytes))
    }

    /// A stamper or projection.
    func name(ofReducer id: StamperID) -> String? {
        guard id != 0, let reducer = scan.catalog.reducer(id) else { return nil }
        // Its kind stands in front of its type.
        let type = reducer.type.split(separator: " ", maxSplits: 1).last.map(String.init) ?? reducer.type
        return text(ofType: type, reducer.value)
    }

    private func text(ofType type: String, _ stored: [UInt8]) -> String {
        let encoding = (try? scan.catalog.encoding(of: stored)) ?? []
        let text = EncodedText.describe(encoding)
        return Self.shortName(ofType: type) + (text.hasPrefix("(") ? text : "(\(text))")
    }

    /// The name of a type without its module; generic ones are left as they are.
    private static func shortName(ofType type: String) -> String {
        type.contains("<") ? type : type.split(separator: ".").last.map(String.init) ?? type
    }
}
