internal import ArgumentParser
internal import Reporting
internal import Survival
internal import TrialData

/// `survkit aft`: parametric accelerated-failure-time models.
struct Aft: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Parametric models of ln T: time ratios, hazard ratios, quantiles, survival, means.",
    discussion: """
      ln T = intercept + x b + scale W, fitted by maximum likelihood; the parameters are those of R's survreg for the first \
      four distributions, of flexsurv (mu, sigma, Q) for generalized-gamma; gamma has a shape and covariates on ln of the \
      scale, which is minus ln of the rate. A model is written as in survkit cox, without strata(). Predictions are made \
      for each arm with all other columns at their means, and for the subjects of --predict; what lies beyond the last \
      observation is marked as extrapolated.

      Example: survkit aft trial.csv --arm treatment --model "arm + age" --distribution all --times 12,24 --tau 36
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("The model; the arm alone when not given.", valueName: "model"))
  var model: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "exponential, weibull, lognormal, loglogistic, gamma, generalized-gamma, or all; repeatable. Several are compared by "
        + "AIC. Default weibull.", valueName: "name"))
  var distribution: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Level that the others of a factor are compared with; repeatable.", valueName: "COL=LEVEL"))
  var referenceLevel: [String] = []

  @Option(
    help: ArgumentHelp("CSV file of subjects with the model's columns, to predict for.", valueName: "newdata"))
  var predict: String?

  @Option(
    help: ArgumentHelp(
      "Probabilities p of the predicted quantiles, P(T <= t) = p, separated by commas.", valueName: "list"))
  var quantiles = "0.5"

  @Option(help: ArgumentHelp("Times of the predicted survival, separated by commas.", valueName: "list"))
  var times: String?

  @Option(help: ArgumentHelp("Horizon of the restricted mean, a time above 0.", valueName: "time"))
  var tau: Double?

  mutating func run() throws {
    let probabilities = try numberList(quantiles, option: "--quantiles", range: "numbers between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    let wantedTimes = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    if let tau, !(tau.isFinite && tau > 0) { throw UsageError("--tau takes a time above 0") }
    if predict == "-", input.data == "-" {
      throw UsageError("--predict -: standard input is the data already; give the subjects as a file")
    }
    try input.refuseCluster()
    if input.strata != nil { throw Aft.noStrata("--strata") }
    let formula = try model.map { text throws(UsageError) in try ModelFormula(text) }
    if formula?.strata.isEmpty == false { throw Aft.noStrata("strata()") }
    let request = AFTReport.Request(
      distributions: try distributions(), subjects: predict, probabilities: probabilities, times: wantedTimes, tau: tau)
    try output.check(data: input.data)
    try output.write(
      try AFTReport(
        input, model: model, formula: formula, references: try referenceLevels(referenceLevel), request: request),
      data: input.data, otherFiles: [predict].compactMap { $0 })
  }

  private static func noStrata(_ what: String) -> UsageError {
    UsageError(
      "\(what) is not available for parametric models, which have one scale for all rows: put the column in the model as a "
        + "covariate, or fit each stratum by itself with --where")
  }

  private func distributions() throws(UsageError) -> [SurvivalDistribution] {
    if distribution.isEmpty { return [.weibull] }
    var found: [SurvivalDistribution] = []
    for name in distribution {
      if name == "all" {
        found += SurvivalDistribution.allCases
      } else if let known = SurvivalDistribution(rawValue: name) {
        found.append(known)
      } else {
        let names = SurvivalDistribution.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError("--distribution takes \(names) or all, not \(name)")
      }
    }
    return SurvivalDistribution.allCases.filter(found.contains)
  }
}
