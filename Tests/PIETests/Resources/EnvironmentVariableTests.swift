import Foundation
import Testing

@testable import PIE

/// One variable, one test at a time: the environment is the whole process's.
@Suite(.serialized) struct EnvironmentVariableTests {
    private let scope = ResourceScope(root: "/")
    private let variable = EnvironmentVariable("PIE_TEST_VARIABLE")

    @Test func valuesComeAndGo() async throws {
        unsetenv(variable.name)
        let (none, unset) = try await variable.load(in: scope)
        #expect(none == nil)
        setenv(variable.name, "", 1)
        let (nothing, empty) = try await variable.load(in: scope)
        #expect(nothing == "" && empty != unset)
        setenv(variable.name, "caf\u{E9}", 1)
        let (_, composed) = try await variable.load(in: scope)
        setenv(variable.name, "cafe\u{301}", 1)
        #expect(try await variable.stamp(in: scope) != composed, "the bytes count")
        setenv(variable.name, "caf\u{E9}", 1)
        #expect(try await variable.stamp(in: scope) == composed)
        unsetenv(variable.name)
        #expect(try await variable.stamp(in: scope) == unset)
    }

    @Test func aVariableIsAResource() async throws {
        try await expectConformance(
            of: EnvironmentVariable("PATH"),
            sameAs: EnvironmentVariable("PATH"),
            differentFrom: EnvironmentVariable("Path"),
            in: scope
        )
        #expect("\(EnvironmentVariable("PATH"))" == "$PATH")
        #expect(EnvironmentVariable("caf\u{E9}") != EnvironmentVariable("cafe\u{301}"))
    }

    @Test func noSecretGetsIntoAStore() async throws {
        setenv(variable.name, "swordfish", 1)
        let stamp = try await variable.stamp(in: scope)
        #expect(!String(decoding: try encoded(stamp), as: UTF8.self).contains("swordfish"))
    }
}
