import FoundationEssentials
import ProtoLanguage
import Testing

/// A sample of the repository.
struct SampleFile {
    /// The name, relative to the folder of its kind.
    var name: String
    /// The contents.
    var bytes: [UInt8]

    /// The samples without mistakes.
    static func valid() throws -> [SampleFile] {
        try files(in: #require(Samples.validFolder))
    }

    /// The samples with mistakes.
    static func mistakes() throws -> [SampleFile] {
        try files(in: #require(Samples.mistakesFolder))
    }

    /// All samples.
    static func all() throws -> [SampleFile] {
        try valid() + mistakes()
    }

    private static func files(in folder: String) throws -> [SampleFile] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return try names.filter { $0.hasSuffix(".proto") }.sorted().map { name in
            let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
            return SampleFile(name: name, bytes: Array(data))
        }
    }
}
