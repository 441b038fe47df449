// swift-tools-version: 6.2
import PackageDescription

// What a user of the library writes: a package that depends on survkit's product SurvKit.
let package = Package(
  name: "Consumer",
  dependencies: [.package(name: "survkit", path: "../..")],
  targets: [.executableTarget(name: "Consumer", dependencies: [.product(name: "SurvKit", package: "survkit")])]
)
