/// Enums.
extension FileChecker {
    /// Checks `declaration`, which is declared in `scope`.
    mutating func check(_ declaration: EnumDeclaration, in scope: String) {
        guard let first = declaration.values.first else {
            if !syntax.isIncomplete {
                report(declaration.site, "Enums must contain at least one value.")
            }
            return
        }
        if syntax.version == .proto3, let number = first.number, number != 0 {
            report(first.numberSite, "The first enum value must be zero in proto3.")
        }
        checkAliases(of: declaration, in: scope)
        checkReserved(of: declaration)
        if syntax.version == .proto3 {
            checkShortNames(of: declaration)
        }
    }

    private mutating func checkAliases(of declaration: EnumDeclaration, in scope: String) {
        var owners: [Int32: String] = [:]
        var hasAlias = false
        for value in declaration.values {
            guard let number = value.number else {
                continue
            }
            guard let owner = owners[number] else {
                owners[number] = value.name
                continue
            }
            hasAlias = true
            if !declaration.allowsAliases {
                report(
                    value.numberSite,
                    "\"\(QualifiedName.join(scope, value.name))\" uses the same enum value as "
                        + "\"\(QualifiedName.join(scope, owner))\". If this is intended, set "
                        + "'option allow_alias = true;' to the enum definition."
                )
            }
        }
        if declaration.allowsAliases && !hasAlias && !syntax.isIncomplete {
            report(
                declaration.site,
                "\"\(declaration.name)\" declares support for enum aliases but no enum values share field numbers. "
                    + "Please remove the unnecessary 'option allow_alias = true;' declaration."
            )
        }
        if declaration.options.contains(where: { $0.sets("allow_alias", to: "false") }) {
            report(
                declaration.site,
                "\"\(declaration.name)\" declares 'option allow_alias = false;' which has no effect. "
                    + "Please remove the declaration."
            )
        }
    }

    private mutating func checkReserved(of declaration: EnumDeclaration) {
        for range in declaration.reservedRanges where range.first > range.last ?? Int32.max {
            report(range.site, "Reserved range end number must be greater than start number.")
        }
        let ranges = RangeTable(declaration.reservedRanges, largest: Int32.max)
        reportOverlaps(in: ranges, called: "Reserved")
        let names = uniqueNames(declaration.reservedNames, of: "Enum value")
        for value in declaration.values {
            if let number = value.number, ranges.first(containing: number) != nil {
                report(value.numberSite, "Enum value \"\(value.name)\" uses reserved number \(number).")
            }
            if names.contains(value.name) {
                report(value.nameSite, "Enum value \"\(value.name)\" is reserved.")
            }
        }
    }

    /// Reports values that are one once case, underscores and the name of the enum as a prefix are left out.
    ///
    /// The generated code of some languages leaves them out.
    private mutating func checkShortNames(of declaration: EnumDeclaration) {
        let prefix = Self.folded(declaration.name)
        var owners: [[UInt8]: EnumValueDeclaration] = [:]
        for value in declaration.values {
            let short = Self.camelCased(Self.withoutPrefix(prefix, value.name))
            guard let owner = owners.updateValue(value, forKey: short) else {
                continue
            }
            owners[short] = owner
            if owner.name != value.name && owner.number != value.number {
                report(
                    value.nameSite,
                    "Enum name \(value.name) has the same name as \(owner.name) if you ignore case and strip out the "
                        + "enum name prefix (if any)."
                )
            }
        }
    }

    private static func folded(_ name: String) -> [UInt8] {
        name.utf8.filter { $0 != ASCII.underscore }.map { $0 | 0x20 }
    }

    /// `name` without `prefix`, in which case and underscores do not count; `name` if nothing would be left.
    private static func withoutPrefix(_ prefix: [UInt8], _ name: String) -> ArraySlice<UInt8> {
        let bytes = Array(name.utf8)[...]
        var rest = bytes.drop { $0 == ASCII.underscore }
        for byte in prefix {
            guard rest.first.map({ $0 | 0x20 }) == byte else {
                return bytes
            }
            rest = rest.dropFirst().drop { $0 == ASCII.underscore }
        }
        return rest.isEmpty ? bytes : rest
    }

    /// `name` without underscores, in small letters except at the start and behind each underscore.
    private static func camelCased(_ name: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var startsWord = true
        for byte in name {
            guard byte != ASCII.underscore else {
                startsWord = true
                continue
            }
            let isLetter = ASCII.isLetter(byte)
            result.append(isLetter ? (startsWord ? byte & ~0x20 : byte | 0x20) : byte)
            startsWord = false
        }
        return result
    }
}
