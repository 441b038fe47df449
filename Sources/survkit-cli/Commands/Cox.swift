internal import ArgumentParser
internal import Reporting
internal import Survival
internal import TrialData

/// `survkit cox`: Cox regression.
struct Cox: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cox regression: hazard ratios, likelihood-ratio, Wald and score tests, proportionality.",
    discussion: """
      A model is made of columns, interactions a:b, crossings a*b, factor(a), strata(a) and offset(a), joined by +. \
      Columns of text and the arm are factors, columns of numbers are numbers; "arm" stands for the column of --arm where no column has \
      that name. Names with other characters than letters, digits, _ and . stand in backticks.

      Example: survkit cox trial.csv --arm treatment --model "arm + age + sex:arm + strata(site)" --zph km
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions
  @OptionGroup(title: "Bootstrap options") var bootstrap: BootstrapOptions

  @Option(help: ArgumentHelp("The model; the arm alone when not given.", valueName: "model"))
  var model: String?

  @Option(help: "Tied events: efron, breslow, exact-partial or exact-marginal. Default from --like.")
  var ties: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Level that the others of a factor are compared with; repeatable.", valueName: "COL=LEVEL"))
  var referenceLevel: [String] = []

  @Flag(help: "Robust variance; by --cluster where given, else by --id, else by row.")
  var robust = false

  @Option(
    help: """
      Intervals and tests of each coefficient: wald, profile (likelihood ratio; SAS's RL=PL) or firth (likelihood with \
      Firth's penalty, which changes the estimates and keeps all of them finite).
      """)
  var ci: CoefficientInterval = .wald

  @Option(
    name: .customLong("type3"),
    help: "Test of each term beside all others: wald or lr (likelihood ratio). JSON has the Wald tests always.")
  var termTest: TermTest?

  @Option(
    help: ArgumentHelp(
      "Weight of time in the concordance: n (Harrell's C), S, S/G, n/G2 (Uno's C) or I, as R's timewt.",
      valueName: "weight"))
  var concordance: String = ConcordanceWeight.unit.rawValue

  @Option(help: "Test of proportional hazards against km, identity, rank or log time.")
  var zph: TimeScale?

  @Option(
    parsing: .singleValue,
    help: "Residuals: martingale, deviance, score, schoenfeld, scaled-schoenfeld, dfbeta or dfbetas; repeatable.")
  var residuals: [ResidualKind] = []

  @Flag(help: "Baseline cumulative hazard and survival of each stratum, at covariates of 0 and at their means.")
  var baseline = false

  @Option(
    help: ArgumentHelp(
      "CSV file of subjects with the model's columns: their survival curves. With the columns of the strata each in its "
        + "own, else in every stratum.", valueName: "newdata"))
  var predict: String?

  @Option(
    help: ArgumentHelp("Times of --baseline and --predict, separated by commas; all event times.", valueName: "list"))
  var times: String?

  mutating func run() throws {
    let wantedTimes = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    if times != nil, !baseline, predict == nil { throw UsageError("--times belongs to --baseline and --predict") }
    if predict == "-", input.data == "-" {
      throw UsageError("--predict -: standard input is the data already; give the subjects as a file")
    }
    let ties = try tieMethod()
    try checkLikelihood(ties)
    guard let concordanceWeight = ConcordanceWeight(rawValue: concordance) else {
      throw UsageError(
        "--concordance takes \(ConcordanceWeight.allCases.map(\.rawValue).joined(separator: ", ")), not \(concordance)")
    }
    if input.start != nil, [.survivalOverCensoring, .inverseCensoringSquared].contains(concordanceWeight) {
      throw UsageError("--concordance \(concordance) is not defined with --start (delayed entry); n, S and I are")
    }
    let resampling = try bootstrap.request(input)
    if resampling != nil, ci == .firth { throw UsageError("--bootstrap is not available with --ci firth") }
    let references = try referenceLevels(referenceLevel)
    let formula = try model.map { text throws(UsageError) in try ModelFormula(text) }
    try output.check(data: input.data)
    try output.write(
      try CoxReport(
        input, model: model, formula: formula, ties: ties, references: references, isRobust: robust,
        inference: CoxReport.Inference(interval: ci, termTest: termTest, concordance: concordanceWeight),
        bootstrap: resampling, isQuiet: output.quiet, transform: zph?.transform,
        additions: CoxAdditions.Request(
          residuals: residuals, isBaseline: baseline, subjects: predict, times: wantedTimes)),
      data: input.data, otherFiles: [predict].compactMap { $0 })
  }

  /// Refuses what a likelihood-ratio test or a penalty has no definition for.
  private func checkLikelihood(_ ties: TieMethod) throws(UsageError) {
    let isRobust = robust || input.cluster != nil
    if isRobust, ci != .wald {
      throw UsageError(
        "--ci \(ci.rawValue) is not defined with --robust or --cluster: the likelihood takes the rows as independent")
    }
    if isRobust, termTest == .lr {
      throw UsageError(
        "--type3 lr is not defined with --robust or --cluster: the likelihood takes the rows as independent; use wald")
    }
    guard ci == .firth else { return }
    if ties.isExact { throw UsageError("--ci firth is not defined with \(ties.rawValue) ties; use efron or breslow") }
    if zph != nil {
      throw UsageError("--zph is a score test at the maximum of the partial likelihood, where --ci firth does not end")
    }
  }

  private func tieMethod() throws(UsageError) -> TieMethod {
    guard let ties else { return input.like.ties }
    if ties == "exact" {
      throw UsageError(
        "--ties exact means exact-partial in R and Stata's exactp, exact-marginal in SAS and Stata's exactm; say "
          + "exact-partial or exact-marginal")
    }
    guard let method = TieMethod(rawValue: ties) else {
      throw UsageError("--ties takes \(TieMethod.allCases.map(\.rawValue).joined(separator: ", ")), not \(ties)")
    }
    if method.isExact {
      let undefined = [
        ("--weight", input.weight != nil), ("--cluster", input.cluster != nil), ("--robust: a robust variance", robust),
        ("--zph", zph != nil), ("--residuals", !residuals.isEmpty), ("--baseline", baseline),
        ("--predict", predict != nil), ("--bootstrap", bootstrap.bootstrap != nil),
      ]
      if let option = undefined.first(where: \.1)?.0 {
        throw UsageError("\(option) is not defined with \(ties) ties; use efron or breslow")
      }
    }
    return method
  }
}

/// The `--ci` names.
enum CoefficientInterval: String, ExpressibleByArgument, CaseIterable {
  case wald
  case profile
  case firth
}

/// The `--type3` names.
enum TermTest: String, ExpressibleByArgument, CaseIterable {
  case wald
  case lr
}

/// The `--zph` names.
enum TimeScale: String, ExpressibleByArgument, CaseIterable {
  case km
  case identity
  case rank
  case log

  var transform: TimeTransform {
    switch self {
    case .km: .km
    case .identity: .identity
    case .rank: .rank
    case .log: .log
    }
  }
}

/// The `--residuals` names.
enum ResidualKind: String, ExpressibleByArgument, CaseIterable {
  case martingale
  case deviance
  case score
  case schoenfeld
  case scaledSchoenfeld = "scaled-schoenfeld"
  case dfbeta
  case dfbetas
}
