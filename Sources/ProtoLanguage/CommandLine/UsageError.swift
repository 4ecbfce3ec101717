/// A command line that makes no sense.
package struct UsageError: Error, Equatable {
    /// What is wrong.
    package var message: String

    /// The text that is printed.
    package var text: String {
        """
        Error: \(message)
        Usage: \(CommandLineHelp.usage)
          See 'protocheck --help' for more information.
        """
    }
}
