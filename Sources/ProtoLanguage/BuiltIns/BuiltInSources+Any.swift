extension BuiltInSources {
    /// What `google/protobuf/any.proto` declares.
    static let any = """
        syntax = "proto3";
        package google.protobuf;
        message Any {
          string type_url = 1;
          bytes value = 2;
        }
        """
}
