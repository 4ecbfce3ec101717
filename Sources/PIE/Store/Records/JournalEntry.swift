/// What a record of the journal says; the raw value is its type.
///
/// | type | payload |
/// |---|---|
/// | 1 | a table of names of fields, which gets the next number |
/// | 2 | a task type: a variable with its number, its identifier counted |
/// | 3 | a version of a task type: a variable with the number of the type, a signed variable |
/// | 4 | a resource type: a variable with its number, its name counted |
/// | 5 | a stamper or projection: a variable with its number, the name of its type counted, and its value counted |
/// | 6 | a task: a variable with its id, a variable with its type, its key counted |
/// | 7 | a resource: a variable with its id, a variable with its type (0: a file), its key counted |
/// | 8 | a record: a variable with the id of a task, and what is recorded of it |
/// | 9 | tasks that were forgotten: their ids, ascending |
/// | 10 | what is known between sessions |
enum JournalEntry: UInt8 {
    case names = 1
    case taskType
    case typeVersion
    case resourceType
    case reducer
    case task
    case resource
    case record
    case forgotten
    case state
}
