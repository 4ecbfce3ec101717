import Foundation
import PIE

/// Encodes a value as JSON, and decodes it with a registry of task types.
func decodedAgain<Value: Codable>(_ value: Value, knowing types: [any IncrementalTask.Type]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo[.taskRegistry] = try TaskRegistry(types)
    return try decoder.decode(Value.self, from: JSONEncoder().encode(value))
}
