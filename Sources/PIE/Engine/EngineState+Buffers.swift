/// Unsaved buffers: what tasks read of a file in place of the disk (R17).
///
/// A file with a buffer has two faces. Tasks that read it see the buffer; other programs, and tasks that provide it, see
/// the disk. Which face a dependency looks at is decided by its kind, and by whether the file has a provider: what a
/// task makes cannot be edited over.
extension EngineState {
    /// Puts a buffer over a file, or takes it away; equal contents are no change.
    mutating func setBuffer(_ stamp: FileStamp?, over resource: ResourceID) {
        let node = graph.resources.address(Int(resource))
        let before = node.pointee.buffer
        guard let stamp else {
            if before == 0 { return }
            node.pointee.buffer = 0
            buffered.remove(resource)
            graph.release(before)
            if !Mutation.isOn(.buffersNotNoticed) { changedResources.insert(resource) }
            return
        }
        if before != 0 && graph.observations[before].file == stamp { return }
        let id = graph.addObservation(Observation(file: stamp))
        graph.retain(id)
        node.pointee.buffer = id
        buffered.insert(resource)
        graph.release(before)
        if !Mutation.isOn(.buffersNotNoticed) { changedResources.insert(resource) }
    }

    /// Whether a dependency of a kind sees the buffer over its file.
    ///
    /// A task that reads the file which it provided before, instead of writing it, is not going to provide it.
    func seesBuffer(
        _ kind: Dependency.Kind,
        _ node: UnsafeMutablePointer<ResourceNode>,
        by reader: TaskID = 0
    ) -> Bool {
        node.pointee.buffer != 0 && kind.isRead && !kind.isOnDisk && !Mutation.isOn(.buffersIgnored)
            && (node.pointee.provider == 0 || node.pointee.provider == reader
                || Mutation.isOn(.buffersOverProvidedFiles))
    }

    /// What a dependency is compared with: the buffer over the file, or what was last seen of the resource.
    func current(
        _ node: UnsafeMutablePointer<ResourceNode>,
        for kind: Dependency.Kind
    ) -> ObservationID {
        seesBuffer(kind, node) ? node.pointee.buffer : node.pointee.current
    }

    /// Takes in that a file has got a provider, or lost it: its readers see the other face of it.
    mutating func facesChanged(of resource: ResourceID) {
        let node = graph.resources.address(Int(resource))
        if node.pointee.buffer == 0 { return }
        changedResources.insert(resource)
        noteIgnoredBuffer(over: resource)
    }

    /// Tells that the buffer over a provided file is ignored.
    mutating func noteIgnoredBuffer(over resource: ResourceID) {
        let provider = graph.resources[resource].provider
        if isTracked && provider != 0 { note(.bufferIgnored(resource, provider: provider)) }
    }
}
