// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MyPie",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Pie"),
        .executableTarget(name: "words"),
        .testTarget(name: "PieTests", dependencies: ["Pie"]),
    ]
)
