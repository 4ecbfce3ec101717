@testable import PIE

extension Oracle.Trial {
    private var files: [File] { program.sources + program.generated }

    /// Makes an edit, on the disk and in the model.
    func apply(_ edit: Oracle.Edit) throws {
        switch edit {
        case .version(let version): Oracle.setVersion(version)
        case .input(let number, let value):
            inputs[number] = value
            pie.set(Oracle.input(number), to: value)
        case .variable(let number, let value):
            variables[number] = value
            environment.withLock { $0[Oracle.variable(number).name] = value.map(String.init) }
            if hasUpdated { isEnvironmentUntold = true }
        case .buffer(let number, let value):
            let file = files[number]
            disk.buffers[file] = value
            pie.setContents(value.map { Array("\($0)".utf8) }, of: file)
        case .observe(let number):
            memory.observe(number, true)
            pie.observe(task(number))
        case .unobserve(let number):
            memory.observe(number, false)
            pie.unobserve(task(number))
        default:
            for change in changes(edit, in: &disk) {
                try change.make(in: folder)
                untold.insert(change.file)
            }
        }
    }

    func change(_ file: File, to number: Int?) throws {
        disk.set(file, to: number)
        untold.insert(file)
        try Oracle.Change(file: file, entry: disk.entries[file]).make(in: folder)
    }

    /// The change that an edit of one source file is; nil for any other edit.
    func sourceChange(_ edit: Oracle.Edit, _ disk: inout Oracle.Disk) -> Oracle.Change? {
        switch edit {
        case .write(let number, _), .touch(let number), .rewrite(let number), .delete(let number):
            guard number < program.sources.count else { return nil }
            return changes(edit, in: &disk).first
        default: return nil
        }
    }

    private func changes(_ edit: Oracle.Edit, in disk: inout Oracle.Disk) -> [Oracle.Change] {
        switch edit {
        case .write(let file, let number): return [set(files[file], to: number, in: &disk)]
        case .touch(let file): return disk[files[file]].map { [set(files[file], to: $0, in: &disk)] } ?? []
        case .rewrite(let file):
            return disk[files[file]].map { [set(files[file], to: $0, in: &disk, isNewFile: true)] } ?? []
        case .slip(let file, let number): return sameSize(file, number, .ofTheClock, in: &disk)
        case .disguise(let file, let number): return sameSize(file, number, .asBefore, in: &disk)
        case .delete(let file): return [set(files[file], to: nil, in: &disk)]
        case .swap(let first, let second):
            let number = disk[files[first]]
            return [
                set(files[first], to: disk[files[second]], in: &disk), set(files[second], to: number, in: &disk),
            ]
        case .undo(let file):
            guard let number = earlier[files[file]] else { return [] }
            return [set(files[file], to: number, in: &disk)]
        case .input, .variable, .version, .buffer, .observe, .unobserve: return []
        }
    }

    /// Other contents of a file of the same size; nothing if there are none.
    private func sameSize(
        _ file: Int,
        _ number: Int,
        _ time: Oracle.Change.Time,
        in disk: inout Oracle.Disk
    ) -> [Oracle.Change] {
        guard let before = disk[files[file]], before != number, (0...9).contains(before) else { return [] }
        var change = set(files[file], to: number, in: &disk)
        change.time = time
        return [change]
    }

    private func set(
        _ file: File,
        to number: Int?,
        in disk: inout Oracle.Disk,
        isNewFile: Bool = false
    ) -> Oracle.Change {
        if number != disk[file] { earlier[file] = .some(disk[file]) }
        disk.set(file, to: number)
        return Oracle.Change(file: file, entry: disk.entries[file], isNewFile: isNewFile)
    }

    /// Takes over what a generated file contains.
    func adopt(_ number: Int?, of file: File) {
        if disk[file] != number { disk.set(file, to: number) }
    }
}
