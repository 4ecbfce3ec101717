import Foundation
import PIE

/// Builds over a store until it is done or killed: the process that the tests of the store start, and kill.
///
/// Arguments: the folder of the project, that of the store, the number of jobs, and what to do. `require` makes the root
/// consistent; `update` takes up the files that follow, then requires the root; `scratch` runs all without a store;
/// `read` reads the store while another process may write it; `hold` keeps a session open. Prints how many tasks were
/// executed, and the output.
let arguments = CommandLine.arguments
let (root, store, jobs, action) = (arguments[1], arguments[2], Int(arguments[3]) ?? 1, arguments[4])

if action == "scratch" {
    print(0)
    print(try await NonIncrementalContext(root: root).require(Project()))
    exit(0)
}

let log = EventLog()
let beginning = Beginning()
var options = PieOptions()
options.jobs = jobs
let pie = try Pie(
    store: .directory(store, action == "read" ? .readOnly : .waiting(atMost: .seconds(30))),
    root: root,
    tasks: [Line.self, Folder.self, Project.self],
    options: options,
    trackers: [log, beginning]
)
let output = try await pie.session { session in
    if action == "update" { _ = try await session.update(.files(arguments[5...].map { File($0) })) }
    let output = try await session.require(Project())
    if action == "hold" {
        print("holding")
        try await Task.sleep(for: .seconds(60))
    }
    return output
}
print(log.events.count { if case .executing = $0 { true } else { false } })
print(output)
for case .store(let notice) in log.events { FileHandle.standardError.write(Data("\(notice)\n".utf8)) }
try await pie.close()
