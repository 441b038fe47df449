// swift-tools-version: 6.2
import PackageDescription

// A package of its own: nobody who depends on survkit builds it.
let package = Package(
  name: "survkit-benchmarks",
  dependencies: [.package(name: "survkit", path: "..")],
  targets: [
    .executableTarget(
      name: "survkit-benchmarks",
      dependencies: [.product(name: "Survival", package: "survkit")],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .treatAllWarnings(as: .error),
      ])
  ]
)
