// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "verifier",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Verifier"),
        .executableTarget(name: "verify", dependencies: ["Verifier"]),
        .executableTarget(name: "site", dependencies: ["Verifier"]),
        .testTarget(name: "VerifierTests", dependencies: ["Verifier"]),
    ]
)
