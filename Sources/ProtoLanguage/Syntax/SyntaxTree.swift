/// What a source says, without where it says it.
///
/// Two sources that differ in comments and white space alone have equal trees. Declarations are grouped by their kind
/// as the compiler builds them, each group in the order of the text; the parts of a `oneof` are fields of its message.
package struct SyntaxTree: Equatable, Codable, Sendable {
    /// The version of the language.
    package var version = LanguageVersion.proto2
    /// Whether the source has syntax errors, so that something may be missing here.
    package var isIncomplete = false
    /// The package, when the source names one.
    package var package: PackageDeclaration?
    /// The imports.
    package var imports: [ImportDeclaration] = []
    /// The options of the file.
    package var options: [OptionSetting] = []
    /// The messages, groups of extensions among them.
    package var messages: [MessageDeclaration] = []
    /// The enums.
    package var enums: [EnumDeclaration] = []
    /// The services.
    package var services: [ServiceDeclaration] = []
    /// The `extend` blocks.
    package var extends: [ExtendDeclaration] = []

    /// The name of the package; empty when the source names none.
    package var packageName: String { package?.name ?? "" }
}
