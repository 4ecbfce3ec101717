extension BuiltInSources {
    /// What `google/protobuf/source_context.proto` declares.
    static let sourceContext = """
        syntax = "proto3";
        package google.protobuf;
        message SourceContext {
          string file_name = 1;
        }
        """
}
