import ProtoLanguage

/// A run of the command over the store of a workspace, as a process of its own would make it.
struct StoredRun {
    let status: CheckCommand.Status
    let output: String
    let errors: String

    /// How many tasks ran, by `--stats`.
    let executed: Int?

    /// Checks a workspace.
    init(_ arguments: String..., in workspace: Workspace, checking path: String = "") async {
        let paths = ["-I", workspace.path, workspace.path + path]
        await self.init(arguments: ["--stats", "--store", workspace.store] + arguments + paths)
    }

    /// Runs a command about the store of a workspace.
    init(command: String, _ arguments: String..., in workspace: Workspace) async {
        await self.init(arguments: [command] + arguments + ["--store", workspace.store])
    }

    /// Runs the command.
    init(arguments: [String]) async {
        let recorded = RecordedOutput()
        status = await CheckCommand.run(arguments, output: recorded.asCommandOutput)
        (output, errors) = recorded.take()
        let line = errors.split(separator: "\n").first { $0.hasPrefix("executed  ") }
        executed = line.flatMap { Int($0.dropFirst("executed  ".count).prefix { $0.isNumber }) }
    }
}

extension Workspace {
    /// The folder that the store of the workspace is in.
    var store: String { path + "/" + StoreChoice.defaultFolder }
}
