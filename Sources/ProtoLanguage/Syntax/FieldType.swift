/// The type of a field.
package enum FieldType: Equatable, Codable, Sendable {
    case scalar(ScalarType)
    /// A message or an enum, as the source names it.
    case named(String)
    /// The message of the given name that the field itself declares.
    case group(String)
    /// A map; the first of two sites, the key's and the value's.
    indirect case map(key: FieldType, value: FieldType, site: Site)
}
