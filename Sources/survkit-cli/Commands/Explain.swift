internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit explain`: why two programs print different numbers for the same rows.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "The same data under the conventions of R, SAS and Stata side by side, with the reason of each difference.",
    discussion: """
      Quantiles with limits, the interval of S(t), the Cox hazard ratio, near-equal times, the horizon of the restricted \
      mean. Without --times S(t) is read at the time by which half of all events have happened.

      Example: survkit explain trial.csv --arm treatment --times 12,24
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("Times to read the curves at, separated by commas.", valueName: "list"))
  var times: String?

  @Option(
    help: ArgumentHelp("Quantiles of the survival time, separated by commas: 0.5 is the median.", valueName: "list"))
  var quantiles: String = "0.25,0.5,0.75"

  mutating func run() throws {
    if input.like != .r || input.confType != nil || input.tieTolerance != nil {
      throw UsageError("explain shows all three conventions; leave out --like, --conf-type and --tie-tolerance")
    }
    try input.refuseCluster()
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    let probabilities = try numberList(quantiles, option: "--quantiles", range: "numbers between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    try output.check(data: input.data)
    try output.write(try ExplainReport(input, times: landmarks, probabilities: probabilities), data: input.data)
  }
}
