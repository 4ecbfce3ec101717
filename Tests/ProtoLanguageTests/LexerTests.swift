import ProtoLanguage
import Testing

/// The default value of the only field of `M`, written as `literal`.
private func defaultValue(of type: String, _ literal: String) -> OptionValue? {
    let parse = ParsedFile.of("syntax = \"proto2\"; message M { optional \(type) f = 1 [default = \(literal)]; }")
    #expect(parse.mistakes == [])
    return parse.syntax.messages.first?.fields.first?.defaultValue?.value
}

@Suite struct LexerTests {
    @Test(arguments: [
        (#""a\tb\n\"\'\\\?""#, "a\tb\n\"'\\?"),
        (#"'single "quotes"'"#, "single \"quotes\""),
        (#""\x41\x4a\X4B""#, "AJK"),
        (#""\101\7\60""#, "A\u{7}0"),
        (#""\u00e9\U0001F600""#, "é😀"),
        (#""\ud83d\ude00""#, "😀"),
        (#""one" 'two' "three""#, "onetwothree"),
        (#""""#, ""),
    ])
    func stringLiteralsAreDecodedAndJoined(literal: String, value: String) {
        #expect(defaultValue(of: "string", literal) == .string(Array(value.utf8)))
    }

    @Test func bytesNeedNotBeText() {
        #expect(defaultValue(of: "bytes", #""\377\xfe\000""#) == .string([255, 254, 0]))
    }

    @Test(arguments: [
        ("int32", "-0x10", OptionValue.integer(16, isNegative: true)),
        ("int32", "017", .integer(15, isNegative: false)),
        ("uint64", "18446744073709551615", .integer(.max, isNegative: false)),
        ("int64", "-9223372036854775808", .integer(1 << 63, isNegative: true)),
        ("float", ".5", .float(0.5)),
        ("float", "1.", .float(1)),
        ("float", "1.e2", .float(100)),
        ("double", "-2.5E-3", .float(-0.0025)),
        ("double", "1e999", .float(.infinity)),
        ("double", "-inf", .identifier("-inf")),
        ("double", "nan", .identifier("nan")),
        ("double", "7", .integer(7, isNegative: false)),
    ])
    func numbersAreRead(type: String, literal: String, value: OptionValue) {
        #expect(defaultValue(of: type, literal) == value)
    }

    @Test func commentsAndWhiteSpaceSeparateTokens() {
        let parse = ParsedFile.of("/**/message/* a */M//b\n{/*\n*/}\t;\u{0B}\u{0C}\r\n")
        #expect(parse.mistakes == [])
        #expect(parse.syntax.messages.map(\.name) == ["M"])
    }

    @Test func columnsCountTabsToTheNextMultipleOfEight() {
        #expect(ParsedFile.of("\tx;\n ab\ty;").mistakes.map { $0.prefix(4) } == ["1:9 ", "2:2 "])
        #expect(ParsedFile.of("/*\t*/\tx;").mistakes.map { $0.prefix(5) } == ["1:17 "])
    }

    @Test func aByteOrderMarkIsPassedOver() {
        let parse = Parser.parse([0xEF, 0xBB, 0xBF] + Array("message M {}".utf8))
        #expect(parse.mistakes == [])
        #expect(parse.syntax.messages.count == 1)
        #expect(Parser.parse([0xEF] + Array("message M {}".utf8)).mistakes.count == 1)
    }

    @Test func bytesOutsideOfASCIIAreReportedOnceACharacter() {
        let mistakes = ParsedFile.of("é ; 😀 ;").mistakes
        #expect(mistakes.filter { $0.contains("Interpreting non ascii codepoint") }.count == 2)
        #expect(Parser.parse([0xFF, 0x3B]).mistakes.contains { $0.contains("not valid UTF-8") })
        #expect(Parser.parse(Array("// ".utf8) + [0xFF, 0xC3]).mistakes == [])
    }

    @Test func anUnfinishedCommentNamesItsStart() {
        #expect(
            ParsedFile.of("message M {}\n /* open").mistakes == [
                "2:2   Comment started here.", "2:9 End-of-file inside block comment.",
            ]
        )
    }
}
