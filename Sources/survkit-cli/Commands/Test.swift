internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit test`: are the arms' survival curves equal?
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Tests between arms: weighted log-rank, their maximum, margins, permutations, landmarks, pairs and trends.",
    discussion: """
      Tests: log-rank, gehan-breslow, tarone-ware, peto, modified-peto, fh:RHO,GAMMA (Fleming-Harrington), mwlrt:T \
      (modestly weighted, for effects that come late), maxcombo (the largest of fh:0,0, fh:0,1, fh:1,1 and fh:1,0) or \
      maxcombo:RHO,GAMMA;RHO,GAMMA... All are stratified with --strata.

      Directions are said of hazards: less means that the arm's hazard is lower than the reference's.

      --pairwise tests every pair of arms on its own rows; --trend SCORES tests for a trend over the arms in their order.

      Example: survkit test trial.csv --arm treatment --test log-rank --test fh:0,1 --strata site
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(
    name: .customLong("test"), parsing: .singleValue, help: ArgumentHelp("A test; repeatable.", valueName: "name"))
  var tests: [String] = []

  @Option(help: "Hazard of the arm against the reference: two-sided, less or greater (two arms).")
  var alternative: AlternativeName = .twoSided

  @Option(
    help: ArgumentHelp(
      "Non-inferiority: test the hazard ratio against this margin, by the score test of the Cox model and Wald's, one-sided "
        + "(less unless --alternative greater).", valueName: "hr"))
  var margin: Double?

  @Option(
    help: ArgumentHelp(
      "Differences between the arms' survival at these times, separated by commas.", valueName: "times"))
  var at: String?

  @Option(
    help: ArgumentHelp("p-values by this many random permutations of the arms within strata as well.", valueName: "n"))
  var permutations: Int?

  @Option(help: "Seed of the permutations (1).")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Test for a trend: one score per arm, separated by commas, in the order of the arms.", valueName: "scores"))
  var trend: String?

  @Flag(help: "Test every pair of arms.")
  var pairwise = false

  @Option(help: "Adjustment of the p-values of the pairs: holm, bh or bonferroni (holm).")
  var adjust: Adjustment?

  mutating func run() throws {
    let request = try request()
    try output.check(data: input.data)
    try output.write(try TestReport(input, request), data: input.data)
  }

  /// The options, checked before any file is opened.
  private func request() throws -> TestRequest {
    if adjust != nil, !pairwise { throw UsageError("--adjust belongs to --pairwise") }
    if seed != nil, permutations == nil { throw UsageError("--seed belongs to --permutations") }
    if let permutations, !(1...10_000_000).contains(permutations) {
      throw UsageError("--permutations takes 1 to 10000000, not \(permutations)")
    }
    if permutations != nil, input.start != nil {
      throw UsageError("--permutations: with --start (delayed entry) subjects cannot be exchanged; no permutation test")
    }
    if let margin, !(margin.isFinite && margin > 0) { throw UsageError("--margin takes a hazard ratio above 0") }
    if at != nil, input.strata != nil {
      throw UsageError("--at compares whole arms and has no stratified form; leave out --strata")
    }
    try input.refuseCluster()
    if input.weight != nil {
      throw UsageError("log-rank tests are not defined for case weights; survkit cox --weight has a score test")
    }
    var weightings: [LogRankWeighting] = []
    var maxCombos: [[LogRankWeighting]] = []
    for name in tests.isEmpty ? ["log-rank"] : tests {
      switch try NamedTest(name) {
      case .weighted(let weighting): weightings.append(weighting)
      case .maxCombo(let components): maxCombos.append(components)
      }
    }
    if weightings.isEmpty, pairwise || trend != nil {
      throw UsageError("--pairwise and --trend go with a weighted log-rank test; maxcombo compares two arms")
    }
    return TestRequest(
      weightings: weightings, maxCombos: maxCombos, alternative: alternative.alternative, margin: margin,
      landmarks: try numberList(at, option: "--at", range: "numbers of 0 or more") { $0 >= 0 },
      permutations: permutations, seed: seed ?? 1, isPairwise: pairwise, adjustment: (adjust ?? .holm).adjustment,
      scores: try trend.map { text throws(UsageError) in
        try numberList(text, option: "--trend", range: "finite numbers") { _ in true }
      })
  }
}

/// What a call of `survkit test` asks for.
struct TestRequest {
  let weightings: [LogRankWeighting]
  let maxCombos: [[LogRankWeighting]]
  let alternative: HazardAlternative
  let margin: Double?
  let landmarks: [Double]
  let permutations: Int?
  let seed: UInt64
  let isPairwise: Bool
  let adjustment: PValueAdjustment
  let scores: [Double]?

  /// Whether something is asked for that two arms only have.
  var needsTwoArms: String? {
    if alternative != .twoSided { return "--alternative \(alternative.rawValue)" }
    if margin != nil { return "--margin" }
    return maxCombos.isEmpty ? nil : "--test maxcombo"
  }
}
