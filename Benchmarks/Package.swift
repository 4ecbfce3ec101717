// swift-tools-version: 6.2
import PackageDescription

/// The settings of the main package: the defaults of the next language mode, early.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "pie-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-pie", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "pie-benchmarks",
            dependencies: [.product(name: "PIE", package: "swift-pie"), "SourceFiles"],
            swiftSettings: settings
        ),

        // A program of its own: what it links counts when a process is measured from its start to its end.
        .executableTarget(
            name: "files-step",
            dependencies: [.product(name: "PIE", package: "swift-pie"), "SourceFiles"],
            swiftSettings: settings
        ),
        .target(name: "SourceFiles", swiftSettings: settings),
    ]
)
