import ProtoLanguage
import Testing

@Suite struct ScopingTests {
    @Test func theInnermostScopeWithTheFirstPartDecides() async throws {
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto2";
                package p;
                message Foo { message Bar {} }
                message Outer {
                  message Foo {}
                  optional Foo.Bar a = 1;
                  optional .p.Foo.Bar b = 2;
                  optional p.Foo.Bar c = 3;
                }
                """
        )
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("6 \"Foo.Bar\" is resolved to \"p.Outer.Foo.Bar\", which is not") == true)
    }

    @Test func aFieldIsPassedOverWhenATypeIsLookedFor() async throws {
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto3";
                message T {}
                message M { T T = 1; M N = 2; N O = 3; }
                message N {}
                """
        )
        #expect(mistakes == [])
    }

    @Test func aMethodFindsWhateverIsNearest() async throws {
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto3";
                message A {}
                service S {
                  rpc A(.A) returns (.A);
                  rpc B(A) returns (.A);
                }
                """
        )
        #expect(mistakes == ["5 \"A\" is not a message type."])
    }

    @Test func anAbsoluteNameStartsAtTheOutermostScope() async throws {
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto3";
                package a.b;
                message M { .a.b.M x = 1; .M y = 2; .b.M z = 3; a.b.M v = 4; b.M w = 5; }
                """
        )
        #expect(mistakes == ["3 \".M\" is not defined.", "3 \".b.M\" is not defined."])
    }

    @Test func packagesOfImportsAreScopesToo() async throws {
        let mistakes = try await Workspace.mistakes(
            in: [
                "a.proto": """
                syntax = "proto3";
                package x.y;
                import "b.proto";
                message M { y.z.N a = 1; z.N b = 2; x.y.z.N c = 3; z.Q d = 4; }
                """,
                "b.proto": "syntax = \"proto3\"; package x.y.z; message N {}",
            ]
        )
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("a.proto:4 \"z.Q\" is resolved to \"x.y.z.Q\"") == true)
    }

    @Test func publicImportsAreSeenThroughAndOthersAreNot() async throws {
        let mistakes = try await Workspace.mistakes(
            in: [
                "a.proto": "syntax = \"proto3\"; import \"b.proto\"; message M { C c = 1; D d = 2; E e = 3; }",
                "b.proto": "syntax = \"proto3\"; import public \"c.proto\"; import \"d.proto\"; message B { D d = 1; }",
                "c.proto": "syntax = \"proto3\"; import public \"e.proto\"; message C {}",
                "d.proto": "syntax = \"proto3\"; message D {}",
                "e.proto": "syntax = \"proto3\"; message E {}",
            ]
        )
        #expect(
            mistakes == [
                "a.proto:1 \"D\" seems to be defined in \"d.proto\", which is not imported by \"a.proto\".  "
                    + "To use it here, please add the necessary import."
            ]
        )
    }

    @Test func valuesOfAnEnumAreSiblingsOfTheEnum() async throws {
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto3";
                message M { enum A { X = 0; } enum B { X = 0; } }
                enum C { X = 0; M = 1; }
                """
        )
        #expect(mistakes.count == 2)
        #expect(mistakes.first?.contains("must be unique within \"M\", not just within \"B\"") == true)
        #expect(mistakes.last?.contains("must be unique within the global scope, not just within \"C\"") == true)
    }

    @Test func theBuiltInSourcesAreFoundWhenNoFolderHasThem() async throws {
        let imports = BuiltInSources.names.map { "import \"\($0)\";" }.joined()
        let mistakes = try await Workspace.mistakes(
            in: """
                syntax = "proto3";
                \(imports)
                message M { google.protobuf.Timestamp a = 1; google.protobuf.Nothing b = 2; }
                """
        )
        #expect(mistakes == ["3 \"google.protobuf.Nothing\" is not defined."])
    }

    @Test func theBuiltInSourcesHaveNoMistakes() async throws {
        for name in BuiltInSources.names {
            let text = try #require(BuiltInSources.text(of: name))
            #expect(try await Workspace.mistakes(in: [name: text]) == [])
        }
    }
}
