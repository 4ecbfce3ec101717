/// A command line that makes no sense.
package struct UsageError: Error, Equatable {
    /// What is wrong.
    package var message: String

    /// The error that says `message`.
    package init(message: String) {
        self.message = message
    }

    /// The text that is printed.
    package var text: String {
        """
        Error: \(message)
        Usage: \(CommandLineHelp.usage)
          See 'protocheck --help' for more information.
        """
    }
}
