/// Going on after a mistake.
extension Parser {
    /// Moves past the rest of a statement: to its semicolon, past its block, or up to the end of the block around it.
    mutating func skipStatement() {
        while !isAtEnd {
            if take(ASCII.semicolon) {
                return
            }
            if take(ASCII.openBrace) {
                skipBlock()
                return
            }
            if isAt(ASCII.closeBrace) {
                return
            }
            advance()
        }
    }

    /// Moves past the rest of a block whose opening brace has been taken.
    mutating func skipBlock() {
        var depth = 1
        while !isAtEnd && depth > 0 {
            if isAt(ASCII.openBrace) {
                depth += 1
            } else if isAt(ASCII.closeBrace) {
                depth -= 1
            }
            advance()
        }
    }

    /// Moves past the semicolon that ends a statement.
    ///
    /// The statement is complete without it. So nothing is given up when it is missing and the next line starts as a
    /// statement does; otherwise what stands in its place is skipped.
    mutating func endStatement() {
        guard !take(ASCII.semicolon) else {
            return
        }
        report("Expected \";\".")
        let startsLine = current.kind == .identifier && current.position.line > previousLine
        if !startsLine {
            skipStatement()
        }
    }

    /// Parses statements up to the closing brace of a block.
    ///
    /// - Parameters:
    ///   - name: what the block belongs to, for the error when the source ends before the block.
    ///   - statement: parses one statement.
    mutating func parseBlock(
        of name: String,
        _ statement: (inout Parser) throws(Unparsable) -> Void
    ) {
        while !take(ASCII.closeBrace) {
            guard !isAtEnd else {
                report("Reached end of input in \(name) (missing '}').")
                return
            }
            do throws(Unparsable) {
                try statement(&self)
            } catch {
                skipStatement()
            }
        }
    }
}
