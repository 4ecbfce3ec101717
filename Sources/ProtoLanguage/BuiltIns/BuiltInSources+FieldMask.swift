extension BuiltInSources {
    /// What `google/protobuf/field_mask.proto` declares.
    static let fieldMask = """
        syntax = "proto3";
        package google.protobuf;
        message FieldMask {
          repeated string paths = 1;
        }
        """
}
