import ProtoLanguage
import Testing

@Suite struct ErrorRecoveryTests {
    @Test func everyMistakeOfAFileIsReported() {
        let parse = ParsedFile.of(
            """
            syntax = "proto3";
            mesage A {}
            message B {
              int32 = 1;
              int32 b 2;
              string c = 3;
              enum E { X; Y = 1; }
            }
            service S { rpc (B) returns (B); rpc T(B) returns (B); }
            """
        )
        #expect(
            parse.mistakes == [
                "2:1 Expected top-level statement (e.g. \"message\").",
                "4:9 Expected field name.",
                "5:11 Missing field number.",
                "7:13 Missing numeric value for enum constant.",
                "9:17 Expected method name.",
            ]
        )
    }

    @Test func whatIsRightAroundAMistakeIsKept() {
        let parse = ParsedFile.of("message A { optional int32 a = ; optional int32 b = 2; } x { y {} } message C {}")
        #expect(parse.syntax.messages.map(\.name) == ["A", "C"])
        #expect(parse.syntax.messages[0].fields.map(\.name) == ["b"])
    }

    @Test func aForgottenSemicolonAtTheEndOfALineLosesNothing() {
        let parse = ParsedFile.of(
            """
            message A {
             optional int32 a = 1
             optional int32 b = 2;
            }
            package c
            message D {}
            """
        )
        #expect(parse.mistakes == ["3:2 Expected \";\".", "6:1 Expected \";\"."])
        #expect(parse.syntax.messages.map(\.name) == ["A", "D"])
        #expect(parse.syntax.messages[0].fields.map(\.name) == ["a", "b"])
    }

    @Test func theEndOfTheFileIsMissedOnce() {
        let parse = ParsedFile.of("message A { message B { message C {")
        #expect(parse.mistakes == ["1:36 Reached end of input in message definition (missing '}')."])
    }

    @Test func aMistakeInAValueEndsWithTheValue() {
        let parse = ParsedFile.of("option a = { b { c: ] } d: 1 }; message M {}")
        #expect(parse.mistakes == ["1:21 Expected option value."])
        #expect(parse.syntax.messages.count == 1)
    }
}
