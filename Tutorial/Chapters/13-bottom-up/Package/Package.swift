// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MyPie",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Pie"),
        .executableTarget(name: "words", dependencies: ["Pie"]),
        .testTarget(name: "PieTests", dependencies: ["Pie"]),
    ]
)

// A function that is `async` runs where its caller runs.
for target in package.targets {
    target.swiftSettings = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
