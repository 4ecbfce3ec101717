extension SyntaxTree {
    /// Every use of a name that stands for a type.
    var references: [Reference] {
        var result: [Reference] = []
        for message in messages {
            message.collectReferences(in: "", into: &result)
        }
        for service in services {
            for method in service.methods {
                for type in [method.input, method.output] {
                    result.append(Reference(name: type.name, scope: service.name, site: type.site, use: .method))
                }
            }
        }
        for block in extends {
            block.collectReferences(in: "", into: &result)
        }
        // The parser leaves a name empty where it has reported that no message can have it.
        result.removeAll { $0.name.isEmpty }
        return result
    }
}

extension MessageDeclaration {
    fileprivate func collectReferences(in scope: String, into result: inout [Reference]) {
        let inner = QualifiedName.join(scope, name)
        for field in fields {
            field.collectReferences(in: inner, into: &result)
        }
        for block in extends {
            block.collectReferences(in: inner, into: &result)
        }
        for nested in messages {
            nested.collectReferences(in: inner, into: &result)
        }
    }
}

extension ExtendDeclaration {
    fileprivate func collectReferences(in scope: String, into result: inout [Reference]) {
        result.append(Reference(name: extendee.name, scope: scope, site: extendee.site, use: .extendee(self)))
        for field in fields {
            field.collectReferences(in: scope, into: &result)
        }
    }
}

extension FieldDeclaration {
    fileprivate func collectReferences(in scope: String, into result: inout [Reference]) {
        switch type {
        case .scalar, .group:
            break
        case .named(let name):
            result.append(Reference(name: name, scope: scope, site: typeSite, use: .field(self)))
        case .map(let key, let value, let site):
            if case .named(let name) = key {
                result.append(Reference(name: name, scope: scope, site: site, use: .mapKey))
            }
            if case .named(let name) = value {
                result.append(Reference(name: name, scope: scope, site: site.advanced(by: 1), use: .field(self)))
            }
        }
    }
}
