import Foundation
import Testing

@testable import PIE

@Suite struct EnvironmentVariableTests {
    private let scope = ResourceScope(root: "/")
    private let variable = EnvironmentVariable("PIE_TEST_VARIABLE")

    /// A scope in whose environment the variable has a value, or none.
    private func scope(_ value: String?) -> ResourceScope {
        let name = variable.name
        return ResourceScope(root: "/", environment: ProcessEnvironment { $0 == name ? value : nil })
    }

    @Test func valuesComeAndGo() async throws {
        let (none, unset) = try await variable.load(in: scope(nil))
        #expect(none == nil)
        let (nothing, empty) = try await variable.load(in: scope(""))
        #expect(nothing == "" && empty != unset)
        let (_, composed) = try await variable.load(in: scope("caf\u{E9}"))
        #expect(try await variable.stamp(in: scope("cafe\u{301}")) != composed, "the bytes count")
        #expect(try await variable.stamp(in: scope("caf\u{E9}")) == composed)
        #expect(try await variable.stamp(in: scope(nil)) == unset)
    }

    @Test func theEnvironmentIsThatOfTheProcess() async throws {
        let (path, _) = try await EnvironmentVariable("PATH").load(in: scope)
        #expect(path == ProcessInfo.processInfo.environment["PATH"] && path != nil)
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
        let stamp = try await variable.stamp(in: scope("swordfish"))
        #expect(!String(decoding: try encoded(stamp), as: UTF8.self).contains("swordfish"))
    }
}
