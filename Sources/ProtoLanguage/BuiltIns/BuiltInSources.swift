/// The sources that every compiler brings along, for builds whose folders have none of them.
///
/// They hold the declarations alone: what other sources can refer to.
package enum BuiltInSources {
    private static let texts: [String: String] = [
        "google/protobuf/any.proto": any,
        "google/protobuf/api.proto": api,
        "google/protobuf/compiler/plugin.proto": compilerPlugin,
        "google/protobuf/descriptor.proto": descriptor,
        "google/protobuf/duration.proto": duration,
        "google/protobuf/empty.proto": empty,
        "google/protobuf/field_mask.proto": fieldMask,
        "google/protobuf/source_context.proto": sourceContext,
        "google/protobuf/struct.proto": `struct`,
        "google/protobuf/timestamp.proto": timestamp,
        "google/protobuf/type.proto": type,
        "google/protobuf/wrappers.proto": wrappers,
    ]

    /// The names under which the sources are imported.
    package static var names: [String] { texts.keys.sorted() }

    /// The text of the source that is imported as `name`.
    package static func text(of name: String) -> String? { texts[name] }
}
