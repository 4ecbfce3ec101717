import PIE

/// One thing that a test task does, in order; what it finds goes into the task's output.
indirect enum Act: Hashable, Codable, Sendable {
    /// Finds a text.
    case say(String)
    /// Finds a file's text, or `none`.
    case read(File, FileStamper = .content)
    /// Depends on a file without reading it.
    case depend(File, FileStamper = .content)
    /// Finds the names in a folder.
    case list(String)
    /// Finds the value of an `Input<String>`.
    case input(String)
    /// Writes a text into a file.
    case write(String, File)
    /// Writes what was found so far into a file.
    case save(File)
    /// Provides a file as it is.
    case provide(File)
    /// Finds what another task found.
    case require(Job)
    /// Requires a task, whatever it finds.
    case ignore(Job)
    /// Finds the first word that another task found.
    case first(Job)
    /// Finds what several tasks found, asked for at once.
    case all([Job])
    /// Finds what the task finds that a file describes.
    case run(File)
    /// Finds what several such tasks find, asked for at once.
    case runAll([File])
    /// Does something, and finds `caught` if that throws.
    case attempt([Act])
    /// Throws a ``Failure``.
    case fail(String)
    /// Waits at a ``Gate``; cancellation lets it pass.
    case pass(Int)
    /// Waits at a ``Gate``, whether cancelled or not.
    case hold(Int)
    /// Finds the task's own previous output, or `none`.
    case previous
}

/// What a test task throws.
struct Failure: Error, Hashable, CustomStringConvertible {
    var text: String
    var description: String { text }
}

/// The first word of what a task found.
struct FirstWord: Projection {
    func project(_ output: String) -> String {
        output.split(separator: " ").first.map(String.init) ?? ""
    }
}

extension Context {
    /// Does what a test task is to do.
    ///
    /// - Parameters:
    ///   - acts: What it is to do.
    ///   - task: The task.
    /// - Returns: What it found, separated by spaces.
    /// - Throws: What the context throws, or a ``Failure``.
    func perform(_ acts: [Act], of task: some IncrementalTask<String>) async throws -> String {
        var found: [String] = []
        for act in acts { try await perform(act, of: task, &found) }
        return found.joined(separator: " ")
    }

    private func perform(_ act: Act, of task: some IncrementalTask<String>, _ found: inout [String]) async throws {
        switch act {
        case .say(let text): found.append(text)
        case .read(let file, let stamper): found.append(try await readText(file, stamper: stamper) ?? "none")
        case .depend(let file, let stamper): try await depend(on: file, stamper: stamper)
        case .list(let folder): found += try await read(DirectoryListing(folder)) ?? ["none"]
        case .input(let name): found.append(try await read(Input<String>(name)))
        case .write(let text, let file): try await write(text, to: file)
        case .save(let file): try await write(found.joined(separator: " "), to: file)
        case .provide(let file): try await provide(file)
        case .require(let job): found.append(try await require(job))
        case .ignore(let job): try await require(job, stamper: .inconsequential())
        case .first(let job): found.append(try await require(job, projecting: FirstWord()))
        case .all(let jobs): found += try await require(all: jobs)
        case .run(let file): found.append(try await require(Script(file)))
        case .runAll(let files): found += try await require(all: files.map { Script($0) })
        case .attempt(let acts):
            do {
                for act in acts { try await perform(act, of: task, &found) }
            } catch {
                found.append("caught")
            }
        case .fail(let text): throw Failure(text: text)
        case .pass(let gate): await Gate.named(gate).pass()
        case .hold(let gate): await Gate.named(gate).pass(heedsCancellation: false)
        case .previous: found.append(await previousOutput(of: task) ?? "none")
        }
    }
}
