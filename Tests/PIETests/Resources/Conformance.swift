import Foundation
import Testing

@testable import PIE

/// Checks what a ``Resource`` promises about its identity and its stamps.
func expectConformance<R: Resource>(
    of resource: R,
    sameAs equal: R,
    differentFrom other: R,
    in scope: ResourceScope,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    #expect(resource == equal, sourceLocation: sourceLocation)
    #expect(resource.hashValue == equal.hashValue, sourceLocation: sourceLocation)
    #expect(resource != other, sourceLocation: sourceLocation)
    #expect(try encoded(resource) == encoded(equal), "equal values have equal bytes", sourceLocation: sourceLocation)
    #expect(try encoded(resource) != encoded(other), sourceLocation: sourceLocation)
    #expect(try decodedAgain(resource) == resource, sourceLocation: sourceLocation)

    let (_, loaded) = try await resource.load(in: scope)
    let taken = try await decodedAgain(resource).stamp(in: scope)
    #expect(loaded == taken, "load and stamp agree", sourceLocation: sourceLocation)
    #expect(try decodedAgain(loaded) == loaded, sourceLocation: sourceLocation)
}

func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(value)
}

func decodedAgain<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: encoded(value))
}
