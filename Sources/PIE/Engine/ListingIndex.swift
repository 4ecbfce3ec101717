/// Which directory listings show which files, and which of these files are provided.
///
/// Listings and provided files are filed under every folder above them, so both questions cost the depth of a path.
struct ListingIndex {
    private var listings: [ResourceID: DirectoryListing] = [:]
    private var byFolder: [String: Set<ResourceID>] = [:]
    private var byFolderAbove: [String: Set<ResourceID>] = [:]
    private var files: [ResourceID: File] = [:]
    private var providedBelow: [String: Set<ResourceID>] = [:]

    mutating func add(_ listing: DirectoryListing, _ resource: ResourceID) {
        listings[resource] = listing
        byFolder[listing.folder, default: []].insert(resource)
        for folder in Self.above(listing.folder) { byFolderAbove[folder, default: []].insert(resource) }
    }

    /// Whether no listing can show a provided file, since there is none or no such file.
    var showNothingProvided: Bool { listings.isEmpty || files.isEmpty }

    func isListing(_ resource: ResourceID) -> Bool { listings[resource] != nil }

    mutating func addProvided(_ resource: ResourceID, _ file: File) {
        files[resource] = file
        for folder in Self.above(file.path) { providedBelow[folder, default: []].insert(resource) }
    }

    mutating func removeProvided(_ resource: ResourceID) {
        guard let file = files.removeValue(forKey: resource) else { return }
        for folder in Self.above(file.path) { providedBelow[folder]?.remove(resource) }
    }

    /// The listings that may differ once a file was created or removed, in a fixed order.
    func affected(by file: File) -> [ResourceID] {
        if listings.isEmpty { return [] }
        var found = byFolderAbove[file.path] ?? []
        found.formUnion(byFolder[file.path] ?? [])
        for folder in Self.above(file.path) { found.formUnion(byFolder[folder] ?? []) }
        return found.filter { listings[$0]?.mayBeAffected(by: file) ?? false }.sorted()
    }

    /// The listings that show a file if it is there.
    func showing(_ file: File) -> [ResourceID] {
        if listings.isEmpty { return [] }
        return affected(by: file).filter { listings[$0]?.mayContain(file) ?? false }
    }

    /// The provided files that a listing shows, in a fixed order.
    func provided(in resource: ResourceID) -> [ResourceID] {
        guard let listing = listings[resource], let below = providedBelow[listing.folder] else { return [] }
        return below.filter { files[$0].map(listing.mayContain) ?? false }.sorted()
    }

    /// The folders above a path, from the nearest on, the root included.
    private static func above(_ path: String) -> [String] {
        var folders: [String] = []
        var rest = Substring(path)
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            folders.append(rest.isEmpty ? "/" : String(rest))
            if rest.isEmpty { return folders }
        }
        if path != "." { folders.append(".") }
        return folders
    }
}
