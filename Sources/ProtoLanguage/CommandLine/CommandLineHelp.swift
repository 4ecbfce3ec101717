/// The texts that the command line explains itself with.
package enum CommandLineHelp {
    /// The version of the program.
    package static let version = "0.1.0"

    /// One line.
    static let usage = "protocheck [<paths> ...] [-I <dir> ...] [--jobs <n>] [--stats] [--watch]"

    /// The help of a command.
    static func text(of command: CommandLineOptions.Command) -> String {
        switch command {
        case .check: text
        case .graph: graphText
        case .inspect: inspectText
        case .clean: cleanText
        }
    }

    /// The whole help.
    package static let text = """
        OVERVIEW: Check Protocol Buffers sources.

        Parses proto2 and proto3 sources, resolves their imports and the names of their
        types, and prints each mistake as 'file:line:column: error: message'.

        USAGE: \(usage)
               protocheck graph [<paths> ...] ...
               protocheck inspect [--json|--dot]
               protocheck clean

        What was found out is kept in the folder '.protocheck', so that the next run does
        only what has changed since.

        ARGUMENTS:
          <paths>                 Files and folders to check; folders are searched for
                                  '.proto' files, hidden ones left out. Without paths
                                  the samples of this package are checked.

        OPTIONS:
          -I, --import-root <dir> A folder in which imports are looked for, in the order
                                  given. Every file to check has to lie in one of them.
                                  (default: the current folder)
          -j, --jobs <n>          How many tasks may run at once. (default: the number
                                  of processors)
          --watch[=poll]          Stay, and check again what is affected whenever a file
                                  changes; print what is different then. With 'poll',
                                  look for changes twice a second, for folders that the
                                  system tells nothing of, such as network drives.
          --stats                 Print how many files were checked, how many tasks were
                                  executed and reused, and how long it took.
          --explain[=<file>]      Print why each task ran, or why not; with a file, only
                                  for the tasks of that file.
          --log                   Print what the build does while it does it.
          --store <dir>           The folder to keep results in. (default: .protocheck)
          --no-store              Keep nothing, and use nothing that was kept.
          --color/--no-color      Whether to color the output. (default: if it goes to a
                                  terminal and NO_COLOR is not set)
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          graph                   Print which tasks and files depend on which. A file or
                                  folder of that name is given as './graph'.
          inspect                 Print what the store holds.
          clean                   Remove the store.

          See 'protocheck graph --help' and so on for detailed help.

        EXIT STATUS:
          0                       The files have no mistakes.
          1                       Mistakes were found.
          64                      The command line makes no sense, a path does not exist,
                                  a file lies under no import root, or the folder of the
                                  store has other files in it.
          130, 143                The run was interrupted, or told to end. A watch ends in
                                  no other way.
        """

    /// The help of the command `graph`.
    package static let graphText = """
        OVERVIEW: Print the dependency graph of a check.

        Checks the sources and prints, in the language of Graphviz, which tasks and files
        were used by which. An arrow leads from who depends to what it depends on, and
        names the part that it depends on.

          protocheck graph protos | dot -Tsvg > graph.svg

        Some twenty files make a readable picture. Of more, show which file depends on
        which (--files-only), or what is near one file (--around).

        USAGE: protocheck graph [<paths> ...] [-I <dir> ...] [--files-only]
                                [--around <file> ...] [--depth <n>] [--type <type> ...]

        ARGUMENTS:
          <paths>                 Files and folders to check, as for a check.

        OPTIONS:
          --files-only            Show which file depends on which, and no tasks.
          --around <file>         Show only the file and those that depend on it, or that
                                  it depends on. The end of its path is enough.
          --depth <n>             How many files away from it another one may be.
                                  (default: 1)
          --type <type>           Show only tasks of this type, such as CheckFile, with
                                  arrows past those left out. Several are separated by
                                  commas, or given one by one.
          --all                   Show as well which tasks are about no single file, such
                                  as the search for imports.
          -I, --import-root <dir> A folder in which imports are looked for.
          -j, --jobs <n>          How many tasks may run at once.
          --log                   Print what the build does while it does it.
          --store <dir>           The folder to keep results in. (default: .protocheck)
          --no-store              Keep nothing, and use nothing that was kept.
          -h, --help              Show help information.
        """

    /// The help of the command `inspect`.
    package static let inspectText = """
        OVERVIEW: Print what the store holds.

        Prints the sizes of its files, how many tasks and resources of which types it
        remembers, in which sessions tasks ran last, and why those of the last session ran.
        The store is only read, also while another process writes to it.

        USAGE: protocheck inspect [--store <dir>] [--json|--dot]

        OPTIONS:
          --store <dir>           The folder of the store. (default: .protocheck)
          --json                  Print it as JSON: an object with the fields that the
                                  text has, and every task with the reason of its last
                                  execution.
          --dot                   Print all tasks and resources, and which depend on
                                  which, in the language of Graphviz.
          -h, --help              Show help information.

        FIELDS OF THE JSON:
          format, generation      The version of the format of the files, and how often
                                  the store was folded.
          store, identifier       The folder, and what tells this store from others.
          complete                Whether its last session came to its end.
          problems                What could not be read.
          files                   name, kind, bytes.
          tasks                   By type: type, versions, count, withOutput, and the
                                  bytes of keys, records and outputs.
          resources               By type: type, count, bytes.
          dependencies            How many there are.
          waiting                 How many tasks the next update takes up.
          lastSession             The number of the last session that kept something.
          sessions                session, executed: how many tasks ran last in it.
          executions              task, type, session, reason, target and text of the
                                  last execution of each task, the latest session first.
        """

    /// The help of the command `clean`.
    package static let cleanText = """
        OVERVIEW: Remove the store.

        Removes the files of the store, and the folder if nothing else is in it. The next
        run checks everything anew. Nothing is removed while another process has the store.

        USAGE: protocheck clean [--store <dir>]

        OPTIONS:
          --store <dir>           The folder of the store. (default: .protocheck)
          -h, --help              Show help information.
        """
}
