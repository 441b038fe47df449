internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit teach`: how the numbers of a small trial come about.
struct Teach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Curve, log-rank test and Cox model of a small trial step by step, every formula with its numbers put in.",
    discussion: """
      The rows in order, the risk sets with Greenwood's terms, the interval and the median as they are read off, the log-rank \
      test event time by event time, and Newton's steps for the hazard ratio. The numbers are those of survkit fit. \
      --like chooses the rule of the median, the scale of intervals and the method for ties. --format html makes a page that \
      draws the curve step by step. Of longer data the beginning and the end are shown.

      Example: survkit teach trial.csv --arm treatment --format html -o lesson.html
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Times to read S(t) at, separated by commas; the interval is worked out at the first.", valueName: "list"))
  var times: String?

  mutating func run() throws {
    guard input.weight == nil else {
      throw UsageError("teach counts subjects; leave out --weight (--freq takes rows that stand for several)")
    }
    try input.refuseCluster()
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    try output.check(data: input.data)
    let loaded = try input.load(.curves)
    try output.write(
      try TeachReport(try FitReport(input, loaded, times: landmarks, tau: nil)), data: input.data)
  }
}
