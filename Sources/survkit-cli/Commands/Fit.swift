internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures

/// `survkit fit`: the trial table.
struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trial table: events, medians, landmark rates, log-rank, hazard ratio, proportionality.",
    discussion: """
      --bootstrap gives percentile intervals of medians and restricted means from resamples within each arm, and of the hazard \
      ratio from resamples of all rows.

      Example: survkit fit trial.csv --arm treatment --reference placebo --times 6,12 --plot km.svg
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions
  @OptionGroup(title: "Bootstrap options") var bootstrap: BootstrapOptions

  @OptionGroup var table: TrialTableOptions

  @Option(help: ArgumentHelp("Draw the Kaplan-Meier figure to this file: .svg, .pdf or .png.", valueName: "file"))
  var plot: String?

  @OptionGroup var figureFile: FigureFileOptions

  @Option(help: ArgumentHelp("Title of the figure; the name of the data file when not given.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Title of the time axis of the figure; Time, with the unit where it is known, when not given.", valueName: "text")
  )
  var timeLabel: String?

  mutating func run() throws {
    let landmarks = try table.landmarks()
    let resampling = try bootstrap.request(input)
    try input.refuseUnderDisclosureControl(("--bootstrap", resampling != nil))
    try output.check(data: input.data, plot: plot, hasRows: true)
    if output.format.hasRows, resampling != nil {
      throw UsageError("--format \(output.format.rawValue) has no rows of a bootstrap; --format json has its intervals")
    }
    try figureFile.check(plot)
    let loaded = try SubgroupReport.load(input, .curves, subgroups: table.subgroups)
    if plot != nil { try FitReport.checkDrawable(loaded) }
    let report = try table.report(
      input, loaded, landmarks: landmarks, bootstrap: resampling, isQuiet: output.quiet)
    // The figure first: when it cannot be written, no table says that all went well.
    if let plot {
      try figureFile.write(
        try report.figure(title: title, timeLabel: timeLabel ?? loaded.timeLabel).svg(), path: plot, force: output.force
      )
    }
    try output.write(report, data: input.data, otherFiles: [plot].compactMap { $0 })
  }
}
