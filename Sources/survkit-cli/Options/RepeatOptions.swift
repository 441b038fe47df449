internal import ArgumentParser
internal import Verification

/// Repeats for reconstruction intervals, as `reconstruct` and `reproduce` take them.
struct RepeatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Reconstructions from facts moved by their errors, for the reconstruction intervals at levels A and B; 0 for none.",
      valueName: "count"))
  var repeats = 200

  @Option(help: "Seed of the repeats.")
  var seed: UInt64 = 1

  func settings(level: Double = 0.95) throws -> RepeatSettings {
    guard (0...100_000).contains(repeats) else { throw UsageError("--repeats takes a number from 0 to 100000") }
    return RepeatSettings(repeats: repeats, seed: seed, level: level)
  }
}
