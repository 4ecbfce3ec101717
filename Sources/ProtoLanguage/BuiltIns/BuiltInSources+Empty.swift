extension BuiltInSources {
    /// What `google/protobuf/empty.proto` declares.
    static let empty = """
        syntax = "proto3";
        package google.protobuf;
        message Empty {
        }
        """
}
