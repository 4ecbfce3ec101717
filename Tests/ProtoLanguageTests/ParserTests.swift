import ProtoLanguage
import Testing

@Suite struct ParserTests {
    @Test func aFileIsProto2UnlessItSaysOtherwise() {
        #expect(ParsedFile.of("").syntax.version == .proto2)
        #expect(ParsedFile.of("syntax = 'proto' \"3\";").syntax.version == .proto3)
        #expect(ParsedFile.of("").mistakes == [])
    }

    @Test func anEditionGetsOneError() {
        let parse = ParsedFile.of("edition = \"2023\"; message M { int32 a = 1; reserved b; } garbage é \"")
        #expect(parse.mistakes == ["1:11 Edition \"2023\" is not supported: only \"proto2\" and \"proto3\" are."])
        #expect(parse.syntax.messages.map(\.name) == ["M"])
    }

    @Test func importsAndPackage() {
        let parse = ParsedFile.of("package a.b; import \"x\"; import public 'y' 'z'; import weak \"w\";")
        #expect(parse.mistakes == [])
        #expect(parse.syntax.packageName == "a.b")
        #expect(parse.syntax.imports.map(\.path) == ["x", "yz", "w"])
        #expect(parse.syntax.imports.map(\.kind) == [.plain, .public, .weak])
    }

    @Test func fieldsOfEveryKind() throws {
        let parse = ParsedFile.of(
            """
            message M {
              required .a.B c = 1;
              repeated group Items = 2 { optional int32 x = 1; }
              map<string, a.B> by_name = 3;
              oneof choice { bytes d = 4; group More = 5 {} }
              optional sint64 e = 0x6 [deprecated = true, json_name = "E"];
            }
            """
        )
        #expect(parse.mistakes == [])
        let message = try #require(parse.syntax.messages.first)
        #expect(message.fields.map(\.name) == ["c", "items", "by_name", "d", "more", "e"])
        #expect(message.fields.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(message.fields.map(\.oneof) == [nil, nil, nil, 0, 0, nil])
        #expect(message.fields.map(\.label) == [.required, .repeated, nil, nil, nil, .optional])
        #expect(message.fields[0].type == .named(".a.B"))
        #expect(message.fields[1].type == .group("Items"))
        #expect(message.fields[5].jsonName == "E")
        #expect(message.messages.map(\.name) == ["Items", "ByNameEntry", "More"])
        #expect(message.messages.map(\.kind) == [.group, .mapEntry, .group])
        #expect(message.messages[0].fields.count == 1)
    }

    @Test func rangesAndReservedNames() throws {
        let parse = ParsedFile.of(
            """
            message M { extensions 4 to max, 2 [(a) = 1]; reserved 5, 7 to 9; reserved "x" 'y', "z"; }
            enum E { A = -0x1; reserved -5 to -2, 10 to max; reserved "B"; }
            """
        )
        #expect(parse.mistakes == [])
        let message = try #require(parse.syntax.messages.first)
        #expect(message.extensionRanges.map(\.first) == [4, 2])
        #expect(message.extensionRanges.map(\.last) == [nil, 2])
        #expect(message.reservedRanges.map(\.last) == [5, 9])
        #expect(message.reservedNames.map(\.name) == ["xy", "z"])
        let declaration = try #require(parse.syntax.enums.first)
        #expect(declaration.values.map(\.number) == [-1])
        #expect(declaration.reservedRanges.map(\.first) == [-5, 10])
    }

    @Test func servicesAndExtensions() throws {
        let parse = ParsedFile.of(
            """
            service S { option a = b; rpc A(stream .x.Y) returns (Z); rpc B(Z) returns (stream Z) { option c = 1; ; } }
            extend .x.Y { optional int32 e = 100; repeated group G = 101 {} }
            """
        )
        #expect(parse.mistakes == [])
        let methods = try #require(parse.syntax.services.first).methods
        #expect(methods.map(\.isClientStreaming) == [true, false])
        #expect(methods.map(\.isServerStreaming) == [false, true])
        #expect(methods.map(\.input.name) == [".x.Y", "Z"])
        #expect(methods[1].options.count == 1)
        #expect(parse.syntax.extends.first?.extendee.name == ".x.Y")
        #expect(parse.syntax.messages.map(\.name) == ["G"])
    }

    @Test func optionsWithTextFormatValues() throws {
        let parse = ParsedFile.of(
            """
            option (a.b).c.(.d) = {
              one: -1, two { three: "x" 'y' } four < five: [1, 2.5, -inf] >;
              [e.f]: true [g.h/i.J] { k: [ {}, <> ] l: [] }
            };
            """
        )
        #expect(parse.mistakes == [])
        let option = try #require(parse.syntax.options.first)
        #expect(option.name.map(\.name) == ["a.b", "c", ".d"])
        #expect(option.name.map(\.isExtension) == [true, false, true])
        guard case .message(let fields) = option.value else {
            Issue.record("\(option.value)")
            return
        }
        #expect(
            fields.map(\.name) == [
                .field("one"), .field("two"), .field("four"), .extension("e.f"), .any(domain: "g.h", type: "i.J"),
            ]
        )
        #expect(fields[0].value == .integer(1, isNegative: true))
        guard case .message(let inner) = fields[2].value else {
            Issue.record("\(fields[2].value)")
            return
        }
        #expect(inner[0].value == .list([.integer(1, isNegative: false), .float(2.5), .identifier("-inf")]))
    }

    @Test func wordsOfTheLanguageAreNames() {
        let parse = ParsedFile.of(
            """
            message message { optional message message = 1; optional map map = 2; repeated rpc optional = 3; }
            enum enum { option_ = 0; } service service { rpc rpc(.stream) returns (stream stream); }
            """
        )
        #expect(parse.mistakes == [])
        #expect(parse.syntax.messages[0].fields.map(\.type) == [.named("message"), .named("map"), .named("rpc")])
        #expect(parse.syntax.services[0].methods[0].input.name == ".stream")
    }

    @Test func sitesLeadToPositions() throws {
        let parse = ParsedFile.of("message M {\n  optional int32 name = 12;\n}\n")
        let field = try #require(parse.syntax.messages.first?.fields.first)
        #expect(parse.position(of: field.typeSite) == SourcePosition(line: 2, column: 12))
        #expect(parse.position(of: field.nameSite) == SourcePosition(line: 2, column: 18))
        #expect(parse.position(of: field.numberSite) == SourcePosition(line: 2, column: 25))
    }

    @Test func commentsAndWhiteSpaceAreNoPartOfTheTree() {
        let first = ParsedFile.of("message M { optional int32 a = 1; } enum E { A = 1; }")
        let second = ParsedFile.of("/* x */\n\nmessage M {\n\toptional int32 a = 1; // y\n}\nenum E { A = 1; }\n")
        #expect(first.syntax == second.syntax)
        #expect(first.positions != second.positions)
    }

    @Test func deepNestingIsAnErrorAndNoCrash() {
        let messages = String(repeating: "message M {", count: 100_000)
        #expect(ParsedFile.of(messages).mistakes.first?.contains("maximum recursion limit") == true)
        let groups = "message M {" + String(repeating: "optional group G = 1 {", count: 100_000)
        #expect(ParsedFile.of(groups).mistakes.first?.contains("maximum recursion limit") == true)
        let values = "option a = {" + String(repeating: "b {", count: 100_000)
        #expect(ParsedFile.of(values).mistakes.first?.contains("maximum recursion limit") == true)
        let braces = "x " + String(repeating: "{", count: 100_000)
        #expect(!ParsedFile.of(braces).mistakes.isEmpty)
    }

    @Test func thirtyOneLevelsAreAllowed() {
        let nested = String(repeating: "message M {", count: 31) + String(repeating: "}", count: 31)
        #expect(ParsedFile.of(nested).mistakes == [])
        #expect(ParsedFile.of("message M {" + nested + "}").mistakes.count == 1)
    }
}
