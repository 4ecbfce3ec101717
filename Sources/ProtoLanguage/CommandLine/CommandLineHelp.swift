/// The texts that the command line explains itself with.
package enum CommandLineHelp {
    /// The version of the program.
    package static let version = "0.1.0"

    /// One line.
    static let usage = "protocheck [<paths> ...] [-I <dir> ...] [--jobs <n>] [--stats]"

    /// The whole help.
    package static let text = """
        OVERVIEW: Check Protocol Buffers sources.

        Parses proto2 and proto3 sources, resolves their imports and the names of their
        types, and prints each mistake as 'file:line:column: error: message'.

        USAGE: \(usage)

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
          --stats                 Print how many files were checked, how many tasks were
                                  executed and reused, and how long it took.
          --explain[=<file>]      Print why each task ran, or why not; with a file, only
                                  for the tasks of that file.
          --log                   Print what the build does while it does it.
          --color/--no-color      Whether to color the output. (default: if it goes to a
                                  terminal and NO_COLOR is not set)
          --version               Show the version.
          -h, --help              Show help information.

        EXIT STATUS:
          0                       The files have no mistakes.
          1                       Mistakes were found.
          64                      The command line makes no sense, a path does not exist,
                                  or a file lies under no import root.
          130                     The run was interrupted.
        """
}
