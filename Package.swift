// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of this package: the defaults of the next language mode, early.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "swift-pie",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PIE", targets: ["PIE"]),
        .library(name: "PIETesting", targets: ["PIETesting"]),
        .executable(name: "protocheck", targets: ["protocheck"]),
    ],
    dependencies: [],
    targets: [
        .target(name: "PIE"),
        .target(name: "PIETesting", dependencies: ["PIE"]),
        .target(name: "ProtoLanguage", dependencies: ["PIE"]),
        .executableTarget(name: "protocheck", dependencies: ["PIE", "ProtoLanguage"], exclude: ["Samples"]),
        .executableTarget(name: "StoreChild", dependencies: ["PIE"], path: "Tests/StoreChild"),
        .testTarget(name: "PIETests", dependencies: ["PIE", "PIETesting", "StoreChild"], exclude: ["Forerunners.md"]),
        .testTarget(name: "PIETestingTests", dependencies: ["PIE", "PIETesting"]),
        .testTarget(name: "ProtoLanguageTests", dependencies: ["PIE", "PIETesting", "ProtoLanguage"]),

        // Packages that use PIE have settings of their own: these have theirs, and none of this package's.
        .testTarget(
            name: "SwiftFiveClientTests",
            dependencies: ["PIE", "PIETesting"],
            path: "Tests/Clients/SwiftFive",
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .testTarget(
            name: "PlainClientTests",
            dependencies: ["PIE", "PIETesting"],
            path: "Tests/Clients/Plain",
            swiftSettings: [.swiftLanguageMode(.v6)]
        ),
        .testTarget(
            name: "MainActorClientTests",
            dependencies: ["PIE", "PIETesting"],
            path: "Tests/Clients/MainActor",
            swiftSettings: [.swiftLanguageMode(.v6), .defaultIsolation(MainActor.self)]
        ),
    ]
)

for target in package.targets where target.swiftSettings == nil {
    target.swiftSettings = settings
}

// The package in Fuzzing feeds the example's parser, which is no product for anybody else.
if Context.environment["PIE_FUZZING"] != nil {
    package.products.append(.library(name: "ProtoLanguage", targets: ["ProtoLanguage"]))
}

// Warnings are errors where the project itself is built by its own checks, never for its users.
if Context.environment["CI"] != nil {
    for target in package.targets {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
