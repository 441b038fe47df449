internal import ArgumentParser
internal import Survival

/// `survkit design`: sample size and power of a trial.
struct Design: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sample size, power or detectable hazard ratio of a comparison by log-rank test or Cox model.",
    discussion: """
      Give two of the hazard ratio (--hr), the power (--power) and the size (--n subjects or --events); the third is found. \
      Subjects follow from events by exponential survival with uniform accrual and exponential dropout \
      (--control-median or --control-hazard, --accrual, --follow-up), or by probabilities of an event. With --margin M the \
      null hypothesis is HR >= M (non-inferiority) and the true hazard ratio 1 unless --hr says otherwise. With \
      --covariate-variance the hazard ratio is that of one unit of a covariate in a Cox model.

      Example: survkit design --hr 0.7 --power 0.9 --control-median 12 --accrual 18 --follow-up 12 --ratio 2
      """)

  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("Hazard ratio, experimental to control; 1 with --margin.", valueName: "hr"))
  var hr: Double?

  @Option(help: ArgumentHelp("Power, between the level and 1.", valueName: "p"))
  var power: Double?

  @Option(help: ArgumentHelp("Number of subjects in all.", valueName: "count"))
  var n: Double?

  @Option(help: ArgumentHelp("Number of events in all.", valueName: "count"))
  var events: Double?

  @Option(help: "schoenfeld, freedman or lachin-foulkes; hsieh-lavori goes with --covariate-variance by itself.")
  var method: String?

  @Option(help: ArgumentHelp("Level of the test, over both sides.", valueName: "p"))
  var alpha = 0.05

  @Option(help: "Sides of the test, 1 or 2.")
  var sides = 2

  @Option(help: ArgumentHelp("Margin of non-inferiority: the null hypothesis is HR >= margin.", valueName: "hr"))
  var margin: Double?

  @Option(help: ArgumentHelp("Experimental subjects to one control subject.", valueName: "ratio"))
  var ratio = 1.0

  @Option(help: ArgumentHelp("Median time of the control arm, exponential.", valueName: "time"))
  var controlMedian: Double?

  @Option(help: ArgumentHelp("Hazard of the control arm, exponential.", valueName: "rate"))
  var controlHazard: Double?

  @Option(help: ArgumentHelp("Duration of uniform accrual; 0 for all at once.", valueName: "time"))
  var accrual: Double?

  @Option(help: ArgumentHelp("Follow-up after the last subject entered.", valueName: "time"))
  var followUp: Double?

  @Option(help: ArgumentHelp("Hazard of dropout, exponential, both arms.", valueName: "rate"))
  var dropoutHazard: Double?

  @Option(
    help: ArgumentHelp(
      "Proportion that would have dropped out by --dropout-time without events, in place of the hazard.", valueName: "p"
    ))
  var dropout: Double?

  @Option(help: ArgumentHelp("The time of --dropout.", valueName: "time"))
  var dropoutTime: Double?

  @Option(
    help: ArgumentHelp(
      "Probability of an event until the end of the trial: one for all, or control,experimental.", valueName: "p[,p]"))
  var eventProbability: String?

  @Option(help: ArgumentHelp("Variance of the covariate of a Cox model.", valueName: "x"))
  var covariateVariance: Double?

  @Option(help: ArgumentHelp("Squared multiple correlation of the covariate with the others.", valueName: "x"))
  var covariateR2: Double?

  @Flag(help: "Look for a hazard ratio above the null hypothesis, not below.")
  var harm = false

  mutating func run() throws {
    let test = try DesignTest(alpha: alpha, sides: sides, margin: margin ?? 1)
    let design = try TrialDesign(
      try question(), method: try designMethod(), test: test, allocationRatio: ratio, followUp: try designFollowUp(),
      covariateVariance: covariateVariance, covariateR2: covariateR2 ?? 0)
    try output.check(data: nil)
    try output.write(DesignReport(design: design))
  }

  private func designMethod() throws(UsageError) -> DesignMethod {
    if covariateVariance == nil, covariateR2 != nil {
      throw UsageError("--covariate-r2 belongs to --covariate-variance")
    }
    if covariateVariance != nil, ratio != 1 {
      throw UsageError("--ratio belongs to two arms; a covariate has the variance of --covariate-variance")
    }
    guard let method else { return covariateVariance == nil ? .schoenfeld : .hsiehLavori }
    guard let known = DesignMethod(rawValue: method) else {
      let names = DesignMethod.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("--method takes \(names), not \(method)")
    }
    guard (known == .hsiehLavori) == (covariateVariance != nil) else {
      throw UsageError("--method hsieh-lavori and --covariate-variance belong together")
    }
    return known
  }

  private func question() throws(UsageError) -> TrialDesign.Question {
    if n != nil, events != nil { throw UsageError("give --n or --events, not both") }
    // The usual question of a non-inferiority trial is one about equal arms.
    let isDetection = power != nil && (n != nil || events != nil)
    let hr = hr ?? (margin != nil && !isDetection ? 1 : nil)
    switch (hr, power, events, n) {
    case (let hr?, let power?, nil, nil): return .size(hazardRatio: hr, power: power)
    case (let hr?, nil, let events?, nil): return .powerOfEvents(events, hazardRatio: hr)
    case (let hr?, nil, nil, let n?): return .powerOfSubjects(n, hazardRatio: hr)
    case (nil, let power?, let events?, nil):
      return .hazardRatioOfEvents(events, power: power, isBenefit: !harm)
    case (nil, let power?, nil, let n?): return .hazardRatioOfSubjects(n, power: power, isBenefit: !harm)
    case (.some, .some, _, _):
      throw UsageError("--hr, --power and a size leave nothing to be found; leave one of them out")
    default:
      throw UsageError("give two of --hr, --power and a size (--n or --events); the third is found")
    }
  }

  private func designFollowUp() throws(UsageError) -> DesignFollowUp {
    if controlMedian != nil, controlHazard != nil {
      throw UsageError("give --control-median or --control-hazard, not both")
    }
    if let controlMedian, !(controlMedian > 0 && controlMedian.isFinite) {
      throw UsageError("--control-median takes a time above 0, not \(controlMedian)")
    }
    let hazard = controlHazard ?? controlMedian.map { logarithm(2) / $0 }
    let durations = [("--accrual", accrual), ("--follow-up", followUp)]
    let dropouts = [("--dropout-hazard", dropoutHazard), ("--dropout", dropout), ("--dropout-time", dropoutTime)]
    if let text = eventProbability {
      let mixed =
        (durations + dropouts + [("--control-median", controlMedian), ("--control-hazard", controlHazard)])
        .first { $0.1 != nil }
      if let mixed { throw UsageError("\(mixed.0) has no place beside --event-probability") }
      let values = try numberList(text, option: "--event-probability", range: "numbers above 0 up to 1") {
        $0 > 0 && $0 <= 1
      }
      guard values.count <= 2, values.count == 1 || covariateVariance == nil else {
        throw UsageError(
          "--event-probability takes one probability\(covariateVariance == nil ? ", or control,experimental" : " with a covariate")"
        )
      }
      return .probabilities(control: values[0], experimental: values[values.count - 1])
    }
    guard let hazard else {
      if let stray = (durations + dropouts).first(where: { $0.1 != nil }) {
        throw UsageError("\(stray.0) needs the control arm: --control-median or --control-hazard")
      }
      return .eventsOnly
    }
    guard let accrual, let followUp else {
      throw UsageError("--control-median and --control-hazard go with --accrual and --follow-up, both")
    }
    return .exponential(
      controlHazard: hazard, accrual: accrual, followUp: followUp, dropoutHazard: try hazardOfDropout())
  }

  private func hazardOfDropout() throws(UsageError) -> Double {
    if dropout != nil, dropoutHazard != nil { throw UsageError("give --dropout or --dropout-hazard, not both") }
    return try Design.dropoutHazard(proportion: dropout, time: dropoutTime) ?? dropoutHazard ?? 0
  }

  /// The hazard at which a proportion has dropped out by a time; nil without a proportion.
  static func dropoutHazard(proportion: Double?, time: Double?) throws(UsageError) -> Double? {
    guard let proportion else {
      if time != nil { throw UsageError("--dropout-time belongs to --dropout") }
      return nil
    }
    guard let time else {
      throw UsageError("--dropout needs --dropout-time, the time by which so many have left")
    }
    guard proportion >= 0, proportion < 1, time > 0, time.isFinite else {
      throw UsageError("--dropout is a proportion from 0 to below 1, --dropout-time a time above 0")
    }
    return -logarithmOfOnePlus(-proportion) / time
  }
}
