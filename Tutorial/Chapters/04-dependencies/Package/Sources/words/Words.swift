import Foundation

@main
struct Words {
    static func main() throws {
        var total = 0
        for name in try read("texts/list.txt").split(separator: "\n") {
            total += try read("texts/\(name)").split(whereSeparator: \.isWhitespace).count
        }
        print("\(total) words")
    }

    static func read(_ path: String) throws -> String {
        print("reading \(path)")
        return try String(contentsOfFile: path, encoding: .utf8)
    }
}
