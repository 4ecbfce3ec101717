extension EngineState {
    /// Stores the outcome of a comparison that was made outside the lock.
    mutating func compared(_ request: Request, holds: Bool) {
        guard request.epoch == epoch, request.current != 0 else { return }
        claims[request.current].flags.insert(holds ? .holds : .fails)
    }

    /// The claim beside which helpers would find work worth having one.
    func fan(of request: Request, for step: Step) -> Engine.Fan? {
        guard freeSlots > 0, request.epoch == epoch, !request.isDry, claims[request.fan].task != 0 else { return nil }
        switch step {
        case .execute, .wait: break
        case .hash, .stamp: if !isWide(request.fan) { return nil }
        case .look, .consistent, .failed, .compare, .slot, .probe, .refused, .ended, .noteSession, .name: return nil
        }
        return Engine.Fan(
            claim: request.fan,
            generation: claims[request.fan].generation,
            epoch: epoch,
            work: request.work
        )
    }

    /// Gives up waiting for a slot on behalf of an execution that was cancelled.
    mutating func finishWithoutSlot(_ request: inout Request) {
        guard request.epoch == epoch, request.requirer != 0,
            claims[request.requirer].generation == request.requirerGeneration
        else { return }
        claims[request.requirer].outstanding -= 1
    }
}
