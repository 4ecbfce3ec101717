extension Pie {
    /// What the host set since the last session began, and what is in force from then on.
    struct Settings {
        var inputs = InputValues()
        var changedInputs: [InputKey] = []
        var buffers: [File: [UInt8]] = [:]
        var changedBuffers: [(resource: ResourceID, stamp: FileStamp?)] = []
        var observations: [(task: TaskID, isObserved: Bool)] = []
        var isClosed = false

        /// Takes out what has changed, for a session that begins.
        mutating func take() -> Settings {
            defer {
                changedInputs = []
                changedBuffers = []
                observations = []
            }
            return self
        }
    }

    /// Sets the value of an input.
    ///
    /// Takes effect with the next session.
    ///
    /// - Parameters:
    ///   - input: The input, identified by its name and type.
    ///   - value: The value.
    public func set<V>(_ input: Input<V>, to value: V) {
        // A store may know the input, and does not know its type before.
        if engine.store != nil { _ = engine.intern(input) }
        settings.withLock { settings in
            settings.inputs[input] = value
            settings.changedInputs.append(InputKey(input))
        }
    }

    /// Lays the contents of an unsaved editor buffer over a file, or takes them away.
    ///
    /// Tasks that read the file read the buffer, whichever stamper they use; contents equal to those before are no
    /// change. Other programs see the disk, and so do tasks that depend on the file for them, write it or provide it. A
    /// buffer over a file that a task provides is ignored, and trackers are told. Listings of directories show what is on
    /// the disk.
    ///
    /// Takes effect with the next session; its update takes the change up unasked.
    ///
    /// - Parameters:
    ///   - bytes: The contents; `nil` takes the buffer away and brings the disk back.
    ///   - file: The file; it need not exist.
    /// - Complexity: O(*n*) for *n* bytes, which are hashed.
    public func setContents(_ bytes: [UInt8]?, of file: File) {
        let file = file.relative(to: root)
        let resource = engine.intern(file)
        let stamp = bytes.map(FileStamp.buffer)
        settings.withLock { settings in
            settings.buffers[file] = bytes
            settings.changedBuffers.append((resource, stamp))
        }
    }

    /// Changes what is kept up to date, from the next session on.
    func setObserved(_ task: TaskID, _ isObserved: Bool) {
        settings.withLock { $0.observations.append((task, isObserved)) }
    }

    /// Changes what is kept up to date now, between two sessions.
    func applyObservations() {
        engine.state.withLock { state in
            if state.isSessionOpen { return }
            let observations = settings.withLock { settings in
                defer { settings.observations = [] }
                return settings.observations
            }
            state.apply(observations)
        }
    }

    /// The root, buffers and inputs as they are now.
    package var presentScope: ResourceScope {
        let settings = settings.withLock { $0 }
        return scope(settings.buffers, settings.inputs)
    }

    /// What resources are looked up in, with these buffers and inputs.
    func scope(_ buffers: [File: [UInt8]], _ inputs: InputValues) -> ResourceScope {
        ResourceScope(root: root, buffers: buffers, inputs: inputs, environment: environment)
    }
}
