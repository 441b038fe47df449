internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit test`: are the arms' survival curves equal?
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Log-rank and weighted log-rank tests between arms, pairs of arms and trends, stratified with --strata.",
    discussion: """
      Tests: log-rank, gehan-breslow, tarone-ware, peto, modified-peto, fh:RHO,GAMMA (Fleming-Harrington).

      --pairwise tests every pair of arms on its own rows; --trend SCORES tests for a trend over the arms in their order.

      Example: survkit test trial.csv --arm treatment --test log-rank --test fh:0,1 --strata site
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(
    name: .customLong("test"), parsing: .singleValue, help: ArgumentHelp("A test; repeatable.", valueName: "name"))
  var tests: [String] = []

  @Option(
    help: ArgumentHelp(
      "Test for a trend: one score per arm, separated by commas, in the order of the arms.", valueName: "scores"))
  var trend: String?

  @Flag(help: "Test every pair of arms.")
  var pairwise = false

  @Option(help: "Adjustment of the p-values of the pairs: holm, bh or bonferroni (holm).")
  var adjust: Adjustment?

  mutating func run() throws {
    if adjust != nil, !pairwise { throw UsageError("--adjust belongs to --pairwise") }
    let scores = try trend.map { text throws(UsageError) in
      try numberList(text, option: "--trend", range: "finite numbers") { _ in true }
    }
    if input.cluster != nil { throw UsageError("--cluster belongs to the Cox model: survkit cox or survkit fit") }
    if input.weight != nil {
      throw UsageError("log-rank tests are not defined for case weights; survkit cox --weight has a score test")
    }
    let weightings = try (tests.isEmpty ? ["log-rank"] : tests).map(Test.weighting)
    try output.check(data: input.data)
    try output.write(
      try TestReport(
        input, weightings: weightings, isPairwise: pairwise, adjustment: (adjust ?? .holm).adjustment, scores: scores),
      data: input.data)
  }

  /// The weighting of a name such as "fh:0,1".
  static func weighting(_ name: String) throws(UsageError) -> LogRankWeighting {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("log-rank", 1): return .logRank
    case ("gehan-breslow", 1): return .gehanBreslow
    case ("tarone-ware", 1): return .taroneWare
    case ("peto", 1): return .peto
    case ("modified-peto", 1): return .modifiedPeto
    case ("fh", 2):
      let powers = try numberList(parts[1], option: "--test fh:", range: "two numbers of 0 or more") { $0 >= 0 }
      guard powers.count == 2 else { throw UsageError("--test fh:RHO,GAMMA takes two numbers; \(name) does not") }
      return .flemingHarrington(rho: powers[0], gamma: powers[1])
    case ("mwlrt", _), ("maxcombo", _): throw .notAvailable("--test \(parts[0])")
    default:
      throw UsageError(
        "--test \(name) is not known; the tests are log-rank, gehan-breslow, tarone-ware, peto, modified-peto, "
          + "fh:RHO,GAMMA")
    }
  }
}

/// The `--adjust` names.
enum Adjustment: String, ExpressibleByArgument, CaseIterable {
  case holm
  case bh
  case bonferroni

  var adjustment: PValueAdjustment {
    switch self {
    case .holm: .holm
    case .bh: .benjaminiHochberg
    case .bonferroni: .bonferroni
    }
  }
}
