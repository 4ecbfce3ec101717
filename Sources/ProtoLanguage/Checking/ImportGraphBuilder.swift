/// Gathers files and their imports, as they are found.
struct ImportGraphBuilder {
    /// The files, each once.
    private(set) var files: [SourceFile] = []
    private var imports: [[Int?]] = []
    private var numbers: [SourceLocation: Int] = [:]

    /// Adds a file without its imports, unless it is there.
    ///
    /// - Parameter file: the file.
    /// - Returns: its number, and whether it is new.
    mutating func add(_ file: SourceFile) -> (number: Int, isNew: Bool) {
        if let number = numbers[file.location] {
            return (number, false)
        }
        numbers[file.location] = files.count
        files.append(file)
        imports.append([])
        return (files.count - 1, true)
    }

    /// Adds the next import of the file number `importer`, which leads to the file number `imported` or nowhere.
    mutating func addImport(_ imported: Int?, to importer: Int) {
        imports[importer].append(imported)
    }

    /// The graph of what was added.
    var graph: ImportGraph { ImportGraph(files: files, imports: imports) }
}
