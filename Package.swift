// swift-tools-version: 6.1
import PackageDescription

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "wb",
  products: [.executable(name: "wb", targets: ["wb"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // C and C++ behind plain C headers.
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=off"])]),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CProcess"),
    .target(name: "CGnuplot", linkerSettings: [.linkedLibrary("boost_iostreams")]),

    // Bytes in, bytes out.
    .target(name: "FileFormats", dependencies: ["CZlib"], swiftSettings: swift),

    // The Stan language: text in, a checked program out.
    .target(name: "StanLanguage", swiftSettings: swift),

    // Numerics, one arrow per line: each knows only what stands to its right.
    .target(name: "NumericArrays", dependencies: ["CKernels", "COpenBLAS"], swiftSettings: swift),
    .target(name: "ReverseTape", dependencies: ["NumericArrays", "CKernels"], swiftSettings: swift),
    .target(
      name: "StanTracing",
      dependencies: ["StanLanguage", "ReverseTape", "NumericArrays", "FileFormats"],
      exclude: ["README.md"], swiftSettings: swift),
    .target(
      name: "Inference",
      dependencies: ["StanTracing", "StanLanguage", "ReverseTape", "NumericArrays", "FileFormats"],
      swiftSettings: swift),

    // From the file to runs, and from runs to the store.
    .target(
      name: "SweepConfig",
      dependencies: ["NumericArrays", "Inference", "FileFormats", .product(name: "Yams", package: "Yams")],
      swiftSettings: swift),
    .target(
      name: "Tracking",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(name: "Sharing", exclude: ["README.md"], swiftSettings: swift),
    .target(name: "Exchange", dependencies: ["Tracking", "FileFormats"], swiftSettings: swift),
    .target(
      name: "Execution",
      dependencies: ["Inference", "SweepConfig", "Tracking", "Sharing", "FileFormats", "CProcess"],
      swiftSettings: swift),

    // From the store to the verdict.
    .target(name: "Comparison", swiftSettings: swift),
    .target(name: "Plotting", dependencies: ["CGnuplot"], swiftSettings: swift),
    .target(
      name: "Reporting", dependencies: ["Tracking", "Comparison", "Plotting"],
      swiftSettings: swift),

    .executableTarget(
      name: "wb",
      dependencies: [
        "NumericArrays", "Inference", "SweepConfig", "FileFormats", "Tracking", "Sharing", "Execution",
        "Exchange", "Comparison", "Plotting", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),

    // The measuring stick: wb, and its peers where there are any, on the same work.
    .executableTarget(
      name: "bench", dependencies: ["FileFormats", "Tracking"], path: "Benchmarks/Harness",
      swiftSettings: swift),

    .testTarget(
      name: "NumericArraysTests", dependencies: ["NumericArrays", "CKernels"],
      exclude: ["reference_special_functions.py"], swiftSettings: swift),
    .testTarget(
      name: "ReverseTapeTests", dependencies: ["ReverseTape", "NumericArrays"],
      swiftSettings: swift),
    .testTarget(
      name: "InferenceTests", dependencies: ["Inference", "ReverseTape", "NumericArrays"],
      exclude: [
        "Evaluation/reference_psis.py", "Models/BridgeStan/stand_in.c", "Sampling/reference_chains.py",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "StanLanguageTests", dependencies: ["StanLanguage"], exclude: ["Golden"], swiftSettings: swift),
    .testTarget(
      name: "StanTracingTests",
      dependencies: ["StanTracing", "StanLanguage", "ReverseTape", "NumericArrays", "FileFormats"],
      exclude: ["Programs", "reference_stan.cpp", "reference_stan.py"], swiftSettings: swift),
    .testTarget(name: "FileFormatsTests", dependencies: ["FileFormats"], swiftSettings: swift),
    .testTarget(
      name: "SweepConfigTests", dependencies: ["SweepConfig", "FileFormats", "Inference"],
      swiftSettings: swift),
    .testTarget(
      name: "TrackingTests",
      dependencies: ["Tracking", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .testTarget(name: "SharingTests", dependencies: ["Sharing"], swiftSettings: swift),
    .testTarget(
      name: "ExchangeTests", dependencies: ["Exchange", "Tracking", "FileFormats"],
      swiftSettings: swift),
    .testTarget(
      name: "ComparisonTests", dependencies: ["Comparison"], exclude: ["reference_statistics.py"],
      swiftSettings: swift),
    .testTarget(
      name: "PlottingTests", dependencies: ["Plotting"], exclude: ["Golden"], swiftSettings: swift),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Tracking", "Comparison", "Plotting", "Inference"], exclude: ["Golden"],
      swiftSettings: swift),
    .testTarget(
      name: "CommandTests", dependencies: ["wb", "Tracking", "FileFormats"],
      exclude: ["Golden", "GoldenComparisons"],
      swiftSettings: swift),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Exchange", "Tracking", "SweepConfig", "Inference", "StanLanguage", "StanTracing", "ReverseTape",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: swift),
    .testTarget(name: "BenchTests", dependencies: ["bench", "wb"], swiftSettings: swift),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
