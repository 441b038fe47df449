internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit rmst`: restricted mean survival times.
struct Rmst: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Restricted mean survival time up to a horizon: per arm, difference, ratio, ratio of the time lost.",
    discussion: """
      Without --tau two arms are compared up to the latest time to which both curves are estimated, by the four-case rule \
      of R's survRM2; the output names the case. --bootstrap draws rows (or clusters) within each arm, as many as it has, \
      and gives percentile intervals beside those of Greenwood.

      Example: survkit rmst trial.csv --arm treatment --tau 24
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions
  @OptionGroup(title: "Bootstrap options") var bootstrap: BootstrapOptions

  @Option(help: ArgumentHelp("The horizon, a time above 0.", valueName: "time"))
  var tau: Double?

  mutating func run() throws {
    let resampling = try bootstrap.request(input)
    if resampling == nil { try input.refuseCluster(hasBootstrap: true) }
    if input.strata != nil {
      throw UsageError("--strata has no meaning for restricted means; name the arms with --arm")
    }
    if let tau, !(tau.isFinite && tau > 0) { throw UsageError("--tau takes a time above 0") }
    try output.check(data: input.data)
    try output.write(
      try RestrictedMeanReport(input, tau: tau, bootstrap: resampling, isQuiet: output.quiet), data: input.data)
  }
}
