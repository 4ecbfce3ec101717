extension FileStamp {
    /// Whether a file still is what a stamp says.
    package enum Verdict: Sendable {
        case same
        case changed
        /// The bytes must be hashed first; then the question can be asked again.
        case needsContent
    }

    /// Judges whether a dependency that was recorded with this stamp still holds.
    ///
    /// A verdict of `.needsContent` is given only if `later` has no hash: asked again with one, the answer is definite.
    ///
    /// - Parameters:
    ///   - later: What is seen of the file now, with or without a hash.
    ///   - stamper: What of the file matters.
    /// - Returns: The verdict.
    package func matches(_ later: FileStamp, by stamper: FileStamper) -> Verdict {
        // A folder in the place of a file is no file: to read it is an error.
        if stamper == .exists {
            return exists == later.exists && (kind == .directory) == (later.kind == .directory) ? .same : .changed
        }
        if kind != later.kind { return .changed }
        if kind == .missing { return .same }
        // A buffer has no metadata; under it, equal contents are no change whichever the stamper.
        if stamper == .content || isBuffer || later.isBuffer { return matchesContent(of: later) }
        guard hasSameMetadata(as: later) else { return .changed }
        return isProvisional ? matchesContent(of: later) : .same
    }

    /// Whether two looks saw the same metadata.
    package func hasSameMetadata(as other: FileStamp) -> Bool {
        if Mutation.isOn(.timesComparedByOrder) && modified > other.modified {
            return size == other.size && kind == other.kind && isBuffer == other.isBuffer
        }
        return size == other.size && modified == other.modified && changed == other.changed && inode == other.inode
            && kind == other.kind && isBuffer == other.isBuffer
    }

    /// The stamp to keep after the verdict `.same`: the one that allows the most to be inferred next time.
    package func settled(by later: FileStamp) -> FileStamp {
        if later.hash == nil && hash != nil { return self }
        if hasSameMetadata(as: later) && !isProvisional && (hash != nil || later.hash == nil) { return self }
        return later
    }

    private func matchesContent(of later: FileStamp) -> Verdict {
        if size == later.size && Mutation.isOn(.hashesIgnored) { return .same }
        if let hash, let laterHash = later.hash { return hash == laterHash ? .same : .changed }
        if !isProvisional && !isBuffer && hasSameMetadata(as: later) { return .same }
        // Without the earlier hash nothing can be proved; with another size there is nothing to prove.
        if hash == nil || size != later.size { return .changed }
        return .needsContent
    }
}
