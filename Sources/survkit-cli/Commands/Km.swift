internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit km`: whole survival curves.
struct Km: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kaplan-Meier curves with intervals, quantiles and the Nelson-Aalen cumulative hazard.",
    discussion: """
      One curve per arm. With --times the table has those times instead of every time of the curve. --bootstrap \
      draws rows (or clusters) within each arm, as many as it has, and gives percentile intervals of the quantiles.

      Example: survkit km trial.csv --arm treatment --conf-type log-log --times 6,12,24
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions
  @OptionGroup(title: "Bootstrap options") var bootstrap: BootstrapOptions

  @Option(help: ArgumentHelp("Times to read the curves at, separated by commas.", valueName: "list"))
  var times: String?

  @Option(
    help: ArgumentHelp("Quantiles of the survival time, separated by commas: 0.5 is the median.", valueName: "list"))
  var quantiles: String = "0.25,0.5,0.75"

  @Flag(help: "Exchange event and censoring: the reverse Kaplan-Meier curve, which describes follow-up.")
  var reverse = false

  @Flag(help: "Robust (infinitesimal jackknife) variance instead of Greenwood's, for sampling weights.")
  var robust = false

  @Option(
    help: ArgumentHelp(
      "Simultaneous confidence band of the whole curve: hall-wellner or equal-precision, on the scale of --conf-type. With "
        + "--like sas the critical value of equal-precision is SAS's approximation, else it is exact.",
      valueName: "kind"))
  var band: BandName?

  @Option(help: ArgumentHelp("Start of the band; the first event time when not given.", valueName: "time"))
  var bandFrom: Double?

  @Option(
    help: ArgumentHelp("End of the band; the last event time with S > 0 when not given.", valueName: "time"))
  var bandTo: Double?

  mutating func run() throws {
    let resampling = try bootstrap.request(input)
    if resampling == nil { try input.refuseCluster(hasBootstrap: true) }
    if input.cluster != nil, robust {
      throw UsageError("--robust takes the rows of a curve as independent; leave it out with --cluster")
    }
    if input.strata != nil { throw UsageError("--strata belongs to comparisons; name the groups of curves with --arm") }
    if band == nil, bandFrom != nil || bandTo != nil {
      throw UsageError("--band-from and --band-to belong to --band")
    }
    if band != nil, input.weight != nil || input.start != nil || robust {
      throw UsageError("--band is not defined with --weight, --start or --robust")
    }
    try input.refuseUnderDisclosureControl(("--band", band != nil), ("--bootstrap", resampling != nil))
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    let probabilities = try numberList(quantiles, option: "--quantiles", range: "numbers between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    if resampling != nil, probabilities.isEmpty { throw UsageError("--bootstrap needs --quantiles") }
    try output.check(data: input.data)
    try output.write(
      try KaplanMeierReport(
        input, times: landmarks, probabilities: probabilities, isReversed: reverse,
        variance: robust ? .robust : .greenwood,
        band: band.map { BandRequest(kind: $0.kind, from: bandFrom, to: bandTo) }, bootstrap: resampling,
        isQuiet: output.quiet),
      data: input.data)
  }
}

/// The `--band` names.
enum BandName: String, ExpressibleByArgument, CaseIterable {
  case hallWellner = "hall-wellner"
  case equalPrecision = "equal-precision"

  var kind: ConfidenceBand.Kind { self == .hallWellner ? .hallWellner : .equalPrecision }
}

/// The band that `survkit km` was asked for.
struct BandRequest {
  let kind: ConfidenceBand.Kind
  let from: Double?
  let to: Double?
}
