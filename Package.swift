// swift-tools-version: 6.2
import PackageDescription

// Every Swift target is built the same way: Swift 6 mode, explicit import visibility, no warnings.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

// What computes most, in optimised code for tests (`make test`, scripts/sanitize): the checks of a debug build stay, but for `assert`.
// Flags of this kind bar a package from being a dependency, so they are not always there.
let isOptimised = Context.environment["SURVKIT_OPTIMISED"] != nil
let optimised: [SwiftSetting] = isOptimised ? [.unsafeFlags(["-O"])] : []

/// A Swift target of this package; `dependencies` are the arrows of the module map in CONTRIBUTING.md.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], links libraries: [String] = [], adding: [SwiftSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: strict + adding,
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "survkit",
  products: [
    .library(name: "SurvKit", targets: ["SurvKit"]),
    .library(name: "Survival", targets: ["Survival"]),
    .executable(name: "survkit", targets: ["survkit-cli"]),
    .executable(name: "survkit-readstat", targets: ["survkit-readstat"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .target(
      name: "CBoostMath", cxxSettings: isOptimised ? [.unsafeFlags(["-O2"])] : [],
      linkerSettings: [.linkedLibrary("stdc++")]),
    .target(
      name: "CKernels",
      exclude: [
        "Kernels.inc", "Vectors.inc", "Exponential.inc", "TiedEvents.inc", "CoxPass.inc", "ColumnPass.inc",
        "ExactTies.inc",
      ],
      cSettings: isOptimised ? [.unsafeFlags(["-O2"])] : []),
    module("LinearAlgebra", ["COpenBLAS"], adding: optimised),
    module("Distributions", ["CBoostMath"], adding: optimised),
    module("Survival", ["LinearAlgebra", "Distributions", "CKernels"], links: ["m"], adding: optimised),
    module("TrialData", ["Survival", "CLibCSV", "CZlib"]),
    // A program of its own, which TrialData starts: a file that crashes ReadStat stops this one (Debian: libreadstat-dev).
    .executableTarget(name: "survkit-readstat", linkerSettings: [.linkedLibrary("readstat"), .linkedLibrary("m")]),
    module("Reconstruction", ["Survival", "Distributions"], adding: optimised),
    module("TrialCatalogue", ["Survival", "TrialData", "Reconstruction", .product(name: "Yams", package: "Yams")]),
    module("Verification", ["Reconstruction", "Survival", "Distributions", "TrialCatalogue"]),
    module("Charts"),
    module("SurvivalFigures", ["Charts", "Survival"]),
    module("Reporting", ["Survival", "Reconstruction", "TrialCatalogue", "Verification", "TrialData", "CNettle"]),
    module(
      "SurvKit",
      [
        "Distributions", "LinearAlgebra", "Reconstruction", "Reporting", "Survival", "SurvivalFigures",
        "TrialCatalogue",
        "TrialData", "Verification",
      ]),
    .executableTarget(
      name: "survkit-cli",
      dependencies: [
        "LinearAlgebra", "Distributions", "Survival", "Charts", "SurvivalFigures", "TrialData", "Reconstruction",
        "TrialCatalogue",
        "Verification", "Reporting", "ReferenceSuite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    module("ReferenceSuite", ["Survival", "LinearAlgebra"], adding: optimised),
    tests("ReferenceTests", ["ReferenceSuite"], resources: [.copy("Resources")]),
    tests("CLITests", ["survkit-cli", "ReferenceSuite"]),
    tests("ReportingTests", ["Reporting", "TrialData", "Verification", "TrialCatalogue", "Reconstruction"]),
    tests("SurvivalFiguresTests", ["SurvivalFigures", "Charts", "Survival"]),
    tests("TrialDataTests", ["TrialData", "Survival"], resources: [.copy("Resources")]),
    tests("ReconstructionTests", ["Reconstruction", "Survival"]),
    tests("TrialCatalogueTests", ["TrialCatalogue", "TrialData", "Reconstruction", "Survival"]),
    tests("SurvKitTests", ["SurvKit"]),
    tests("VerificationTests", ["Verification", "Reconstruction", "TrialCatalogue", "TrialData", "Survival"]),
    tests("DistributionsTests", ["Distributions"]),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("SurvivalTests", ["Survival", "LinearAlgebra", "CKernels"]),
  ],
  cxxLanguageStandard: .cxx17
)

// Fuzzing (scripts/fuzz): the program as a module without its entry point, and ReadStat's reader within the process.
if Context.environment["SURVKIT_FUZZ"] != nil {
  package.products = [.executable(name: "fuzz", targets: ["Fuzz"])]
  package.targets.removeAll { $0.type == .test || $0.type == .executable }
  package.targets += [
    .target(
      name: "survkit-cli",
      dependencies: [
        "LinearAlgebra", "Survival", "Charts", "SurvivalFigures", "TrialData", "Reconstruction", "TrialCatalogue",
        "Verification", "Reporting", "ReferenceSuite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict + [
        .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "survkit_main"])
      ]),
    .target(
      name: "FuzzReadStat", path: "Fuzz/ReadStat",
      cSettings: [.unsafeFlags(["-fsanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp"])],
      linkerSettings: [.linkedLibrary("readstat"), .linkedLibrary("m")]),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "survkit-cli", "Survival", "Charts", "SurvivalFigures", "TrialData", "Reconstruction", "TrialCatalogue",
        "Verification", "Reporting", "ReferenceSuite", "FuzzReadStat", "CLibCSV",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Fuzz/Targets", swiftSettings: strict),
  ]
}
