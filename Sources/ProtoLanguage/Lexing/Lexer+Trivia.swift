/// White space and comments.
extension Lexer {
    /// Moves to the next byte that belongs to a token.
    mutating func skipTrivia() {
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == ASCII.space {
                offset += 1
            } else if ASCII.isSpace(byte) {
                advanceTracking()
            } else if byte == ASCII.slash && self.byte(ahead: 1) == ASCII.slash {
                skipLineComment()
            } else if byte == ASCII.slash && self.byte(ahead: 1) == ASCII.star {
                skipBlockComment()
            } else {
                return
            }
        }
    }

    private mutating func skipLineComment() {
        // Tabs need no counting: nothing follows on the line.
        while offset < bytes.count, bytes[offset] != ASCII.newline {
            offset += 1
        }
    }

    private mutating func skipBlockComment() {
        let start = position
        offset += 2
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == ASCII.star && self.byte(ahead: 1) == ASCII.slash {
                offset += 2
                return
            }
            if byte == ASCII.slash && self.byte(ahead: 1) == ASCII.star {
                // The star is looked at again: with a slash after it, it closes the comment.
                offset += 1
                report("\"/*\" inside block comment.  Block comments cannot be nested.")
            } else {
                advanceTracking()
            }
        }
        report("End-of-file inside block comment.")
        report("  Comment started here.", at: start)
    }
}
