internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit km`: whole survival curves.
struct Km: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kaplan-Meier curves with intervals, quantiles and the Nelson-Aalen cumulative hazard.",
    discussion: """
      One curve per arm. With --times the table has those times instead of every time of the curve.

      Example: survkit km trial.csv --arm treatment --conf-type log-log --times 6,12,24
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("Times to read the curves at, separated by commas.", valueName: "list"))
  var times: String?

  @Option(
    help: ArgumentHelp("Quantiles of the survival time, separated by commas: 0.5 is the median.", valueName: "list"))
  var quantiles: String = "0.25,0.5,0.75"

  @Flag(help: "Exchange event and censoring: the reverse Kaplan-Meier curve, which describes follow-up.")
  var reverse = false

  @Flag(help: "Robust (infinitesimal jackknife) variance instead of Greenwood's, for sampling weights.")
  var robust = false

  mutating func run() throws {
    if input.cluster != nil { throw UsageError("--cluster belongs to the Cox model: survkit cox or survkit fit") }
    if input.strata != nil { throw UsageError("--strata belongs to comparisons; name the groups of curves with --arm") }
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    let probabilities = try numberList(quantiles, option: "--quantiles", range: "numbers between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    try output.check(data: input.data)
    try output.write(
      try KaplanMeierReport(
        input, times: landmarks, probabilities: probabilities, isReversed: reverse,
        variance: robust ? .robust : .greenwood),
      data: input.data)
  }
}
