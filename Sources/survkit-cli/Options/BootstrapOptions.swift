internal import ArgumentParser
internal import Reporting
internal import Survival

/// `--bootstrap` and its seed.
struct BootstrapOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Percentile intervals from this many resamples of the subjects, drawn with replacement: by --cluster where given, else "
        + "by --id, else by row.", valueName: "n"))
  var bootstrap: Int?

  @Option(help: "Seed of the bootstrap (1).")
  var seed: UInt64?

  struct Request {
    let replicates: Int
    let seed: UInt64

    func add(to settings: inout JSONObject) {
      settings.add("bootstrap", replicates)
      settings.add("seed", String(seed))
    }
  }

  /// The request, checked before any file is opened; nil when none is made.
  func request(_ input: DataOptions) throws -> Request? {
    guard let bootstrap else {
      if seed != nil { throw UsageError("--seed belongs to --bootstrap") }
      return nil
    }
    let least = try BootstrapInterval.leastReplicates(level: input.confidence().level)
    guard (least...10_000_000).contains(bootstrap) else {
      throw UsageError("--bootstrap takes \(least) to 10000000 at this confidence level, not \(bootstrap)")
    }
    if input.start != nil, input.cluster == nil, input.id == nil {
      throw UsageError(
        "--bootstrap with --start needs --id (or --cluster): the rows of one subject are drawn together")
    }
    return Request(replicates: bootstrap, seed: seed ?? 1)
  }
}
