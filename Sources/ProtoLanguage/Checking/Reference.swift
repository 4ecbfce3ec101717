/// A use of a name that stands for a type.
struct Reference {
    /// What the name is used for.
    enum Use {
        /// The type of a field, or of the values of a map.
        case field(FieldDeclaration)
        case mapKey
        case extendee(ExtendDeclaration)
        case method
    }

    /// The name as the source writes it.
    var name: String
    /// The path of the message or the service around it, relative to the package.
    var scope: String
    /// The name's place.
    var site: Site
    /// What the name is used for.
    var use: Use

    /// Whether what is no type is passed over when the name is looked up.
    var findsTypesOnly: Bool {
        switch use {
        case .field, .mapKey: true
        case .extendee, .method: false
        }
    }
}
