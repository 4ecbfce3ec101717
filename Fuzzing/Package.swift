// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "pie-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-pie", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "fuzz",
            dependencies: [
                .product(name: "PIE", package: "swift-pie"), .product(name: "ProtoLanguage", package: "swift-pie"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        )
    ]
)
