// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

@Suite struct InputTests {
    private func scope(_ set: (inout InputValues) -> Void = { _ in }) -> ResourceScope {
        var values = InputValues()
        set(&values)
        return ResourceScope(root: "/", inputs: values)
    }

    @Test func theHostsValueComesBeforeTheDefault() async throws {
        let input = Input<Int>("level", default: 1)
        #expect(try await input.load(in: scope()).0 == 1)
        #expect(try await input.load(in: scope { $0[input] = 2 }).0 == 2)
        let unset = scope {
            $0[input] = 2
            $0[input] = nil
        }
        #expect(try await input.load(in: unset).0 == 1)
    }

    @Test func R17_aMissingValueIsAnError() async throws {
        let input = Input<[Int]>("levels")
        await #expect(throws: InputError.noValue(name: "levels", type: "Array<Int>")) {
            try await input.load(in: scope())
        }
        #expect(try await input.stamp(in: scope()) == input.stamp(in: scope()))
        #expect(try await input.load(in: scope { $0[input] = [] }).0 == [])
    }

    @Test func theIdentityIsNameAndType() async throws {
        let number = Input<Int>("x", default: 1)
        let text = Input<String>("x", default: "one")
        let values = scope { $0[number] = 7 }
        #expect(try await text.load(in: values).0 == "one")
        #expect(InputKey(number) != InputKey(text))
        #expect(InputKey(number) == InputKey(Input<Int>("x")))
        #expect(Input<Int>("caf\u{E9}") != Input<Int>("cafe\u{301}"))
        #expect(InputKey(Input<Int>("caf\u{E9}")) != InputKey(Input<Int>("cafe\u{301}")))
    }

    @Test func theDefaultIsNotPartOfTheIdentity() async throws {
        try await expectConformance(
            of: Input("x", default: 1),
            sameAs: Input("x", default: 2),
            differentFrom: Input("y", default: 1),
            in: scope { $0[Input("x")] = 3 }
        )
    }

    @Test func aStampIsOfTheHostsValueAlone() async throws {
        let input = Input<Int>("x", default: 1)
        let unset = try await input.load(in: scope()).1
        // What comes back from a store does not know the default, and still sees no change.
        #expect(try await decodedAgain(input).stamp(in: scope()) == decodedAgain(unset))
        #expect(try await input.stamp(in: scope { $0[input] = 2 }) != unset)
    }

    @Test func aValueThatIsNilIsAValue() async throws {
        let input = Input<Int?>("x", default: .some(5))
        let values = scope { $0[input] = .some(nil) }
        let (value, stamp) = try await input.load(in: values)
        #expect(value == nil)
        #expect(try await input.load(in: scope()).0 == 5)
        let unset = try await input.stamp(in: scope())
        #expect(stamp != unset)
        #expect(try decodedAgain(stamp) == stamp)
        #expect(try decodedAgain(unset) == unset)
    }

    @Test func theDescriptionHasNameAndType() {
        #expect("\(Input<Int>("level"))" == "level: Int")
    }
}
