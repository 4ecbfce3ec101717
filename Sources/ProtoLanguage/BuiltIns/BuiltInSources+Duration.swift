extension BuiltInSources {
    /// What `google/protobuf/duration.proto` declares.
    static let duration = """
        syntax = "proto3";
        package google.protobuf;
        message Duration {
          int64 seconds = 1;
          int32 nanos = 2;
        }
        """
}
