/// Messages: the numbers and the names of their fields.
extension FileChecker {
    /// Checks `message`, which is declared in `scope`, and what is nested in it.
    mutating func check(_ message: MessageDeclaration, in scope: String) {
        let name = QualifiedName.join(scope, message.name)
        for field in message.fields {
            check(field, isExtension: false)
        }
        checkUniqueNumbers(of: message, name: name)
        checkRanges(of: message)
        checkReservedNames(of: message)
        checkJSONNames(of: message)
        checkOneofs(of: message)
        if message.isMessageSet, let field = message.fields.first {
            report(field.nameSite, "MessageSets cannot have fields, only extensions.")
        }
        for declaration in message.enums {
            check(declaration, in: name)
        }
        for block in message.extends {
            check(block, in: name)
        }
        for nested in message.messages {
            check(nested, in: name)
        }
    }

    /// Checks the extensions of `block`, which is declared in `scope`.
    mutating func check(_ block: ExtendDeclaration, in scope: String) {
        for field in block.fields {
            check(field, isExtension: true)
            if field.label == .required {
                let name = QualifiedName.join(scope, field.name)
                report(field.nameSite, "The extension \(name) cannot be required.")
            }
        }
    }

    private mutating func checkUniqueNumbers(of message: MessageDeclaration, name: String) {
        var owners: [Int32: String] = [:]
        for field in message.fields {
            guard let number = field.number else {
                continue
            }
            if let owner = owners[number] {
                report(
                    field.numberSite,
                    "Field number \(number) has already been used in \"\(name)\" by field \"\(owner)\"."
                )
            } else {
                owners[number] = field.name
            }
        }
    }

    private mutating func checkRanges(of message: MessageDeclaration) {
        let largest = FieldNumber.maximum(inMessageSet: message.isMessageSet)
        checkEnds(of: message.extensionRanges, called: "Extension", largest: largest)
        checkEnds(of: message.reservedRanges, called: "Reserved", largest: FieldNumber.maximum)
        if syntax.version == .proto3, let range = message.extensionRanges.first {
            report(range.site, "Extension ranges are not allowed in proto3.")
        }
        let reserved = RangeTable(message.reservedRanges, largest: FieldNumber.maximum)
        let extensions = RangeTable(message.extensionRanges, largest: largest)
        reportOverlaps(in: reserved, called: "Reserved")
        reportOverlaps(in: extensions, called: "Extension")
        for range in extensions.all {
            if let other = reserved.first(overlapping: range.bounds) {
                report(range.site, "Extension range \(range.text) overlaps with reserved range \(other.text).")
            }
        }
        for field in message.fields {
            guard let number = field.number else {
                continue
            }
            if reserved.first(containing: number) != nil {
                report(field.numberSite, "Field \"\(field.name)\" uses reserved number \(number).")
            }
            if let range = extensions.first(containing: number) {
                report(range.site, "Extension range \(range.text) includes field \"\(field.name)\" (\(number)).")
            }
        }
    }

    private mutating func checkEnds(of ranges: [NumberRange], called name: String, largest: Int32) {
        for range in ranges {
            if range.first <= 0 {
                report(range.site, "\(name) numbers must be positive integers.")
            }
            if range.first > range.last ?? largest {
                report(range.site, "\(name) range end number must be greater than start number.")
            } else if let last = range.last, last > largest {
                report(range.site, "\(name) numbers cannot be greater than \(largest).")
            }
        }
    }

    /// Reports the ranges of `table` that share numbers.
    mutating func reportOverlaps(in table: RangeTable, called name: String) {
        for (later, earlier) in table.overlaps {
            report(later.site, "\(name) range \(later.text) overlaps with already-defined range \(earlier.text).")
        }
    }

    private mutating func checkReservedNames(of message: MessageDeclaration) {
        let names = uniqueNames(message.reservedNames, of: "Field name")
        for field in message.fields where names.contains(field.name) {
            report(field.nameSite, "Field name \"\(field.name)\" is reserved.")
        }
    }

    /// The names of `reserved`; reports the ones that stand there twice.
    mutating func uniqueNames(_ reserved: [ReservedName], of kind: String) -> Set<String> {
        var names: Set<String> = []
        for entry in reserved where !names.insert(entry.name).inserted {
            report(entry.site, "\(kind) \"\(entry.name)\" is reserved multiple times.")
        }
        return names
    }

    private mutating func checkOneofs(of message: MessageDeclaration) {
        guard !syntax.isIncomplete else {
            return
        }
        let used = Set(message.fields.compactMap(\.oneof))
        for (index, oneof) in message.oneofs.enumerated() where !used.contains(index) {
            report(oneof.site, "Oneof must have at least one field.")
        }
    }
}
