// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MyPie",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Pie"),
        .executableTarget(name: "words", dependencies: ["Pie"]),
        .target(name: "TallyLanguage", dependencies: ["Pie"]),
        .executableTarget(name: "tally", dependencies: ["Pie", "TallyLanguage"]),
        .testTarget(name: "PieTests", dependencies: ["Pie"]),
        .testTarget(name: "TallyLanguageTests", dependencies: ["Pie", "TallyLanguage"]),
    ]
)

// A function that is `async` runs where its caller runs.
for target in package.targets {
    target.swiftSettings = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
