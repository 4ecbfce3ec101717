/// A differential test: random task programs and random histories of edits, against a naive model.
///
/// What it is made of
/// - A ``Program`` says what each task does; an ``OracleTask`` does it, in whichever context it is given.
/// - A ``History`` says what happens to the files and what the host asks for, step by step.
/// - An ``Evaluation`` is the naive model: it runs a program over a ``Disk`` in memory, each task once, and knows nothing
///   of the engine. It gives values, files, and the dependencies that an execution records.
/// - A ``Trial`` drives a `Pie` through a history and judges each session: what came out must be what the evaluation
///   says, and what ran must be what its ``Record``s say: a task runs if and only if it is reached and has no record, or
///   a dependency of its record does not hold in the present state. The first that does not hold is the reason.
/// - A discrepancy is shrunk to a shorter history of a smaller program.
///
/// Most programs keep to R10 and R11: who reads a generated file, or lists its folder, has required all that may write
/// it, and of two tasks that may, one does. Careless programs do not always. A ``FileLaw`` finds the conflicts that they
/// have from scratch, which any build has to find too; when they have healed, everything is as if they had never been.
///
/// Where a build fails with several jobs, or goes on after an error, or is interrupted, it is not
/// fixed what still ran: then only what ran needlessly, and what came out wrong, is found.
enum Oracle {
    /// How a trial goes from one session to the next.
    @TaskLocal static var life = World.Life.inMemory
}
