extension BuiltInSources {
    /// What `google/protobuf/timestamp.proto` declares.
    static let timestamp = """
        syntax = "proto3";
        package google.protobuf;
        message Timestamp {
          int64 seconds = 1;
          int32 nanos = 2;
        }
        """
}
