// Names that examples in documentation comments of PIETesting take for granted; compiled with them by .ci/docs.
import PIE
import PIETesting

struct WordCount: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int { 0 }
}

struct Total: IncrementalTask {
    func execute(in context: some Context) async throws -> Int { 0 }
}

let log = EventLog()

var workspace: TemporaryWorkspace {
    get throws { try TemporaryWorkspace() }
}

var pie: Pie {
    get throws { try Pie(trackers: [log]) }
}
