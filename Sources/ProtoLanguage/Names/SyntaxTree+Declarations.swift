extension SyntaxTree {
    /// Calls `body` with every declaration of the file, in the order in which the compiler defines them.
    ///
    /// Of two declarations of one name, the later one in this order is the mistake.
    package func forEachDeclaration(_ body: (Declaration) -> Void) {
        let enumKind: SymbolKind = version == .proto2 ? .closedEnum : .openEnum
        for message in messages {
            message.visit(in: "", enumKind: enumKind, body)
        }
        for declaration in enums {
            declaration.visit(in: "", kind: enumKind, body)
        }
        for service in services {
            body(Declaration(scope: "", name: service.name, kind: .service, site: service.site))
            for method in service.methods {
                body(Declaration(scope: service.name, name: method.name, kind: .method, site: method.site))
            }
        }
        for block in extends {
            block.visit(in: "", body)
        }
    }
}

extension MessageDeclaration {
    fileprivate func visit(in scope: String, enumKind: SymbolKind, _ body: (Declaration) -> Void) {
        body(Declaration(scope: scope, name: name, kind: .message, site: site))
        let inner = QualifiedName.join(scope, name)
        for oneof in oneofs {
            body(Declaration(scope: inner, name: oneof.name, kind: .oneof, site: oneof.site))
        }
        for field in fields {
            body(Declaration(scope: inner, name: field.name, kind: .field, site: field.nameSite))
        }
        for declaration in enums {
            declaration.visit(in: inner, kind: enumKind, body)
        }
        for block in extends {
            block.visit(in: inner, body)
        }
        for nested in messages {
            nested.visit(in: inner, enumKind: enumKind, body)
        }
    }
}

extension EnumDeclaration {
    fileprivate func visit(in scope: String, kind: SymbolKind, _ body: (Declaration) -> Void) {
        body(Declaration(scope: scope, name: name, kind: kind, site: site))
        for value in values {
            body(
                Declaration(scope: scope, name: value.name, kind: .enumValue, site: value.nameSite, enumName: name)
            )
        }
    }
}

extension ExtendDeclaration {
    fileprivate func visit(in scope: String, _ body: (Declaration) -> Void) {
        for field in fields {
            body(Declaration(scope: scope, name: field.name, kind: .extension, site: field.nameSite))
        }
    }
}
