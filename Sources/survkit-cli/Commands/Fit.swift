internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

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

  @Option(help: ArgumentHelp("Landmark times, separated by commas.", valueName: "list"))
  var times: String?

  @Option(help: "Horizon of the restricted mean survival time.")
  var tau: Double?

  @Option(
    help: ArgumentHelp(
      "Columns of subgroups, separated by commas: the hazard ratio within each level, and the p of interaction.",
      valueName: "cols"))
  var subgroups: String?

  @Option(help: ArgumentHelp("Draw the Kaplan-Meier figure to this file: .svg, .pdf or .png.", valueName: "file"))
  var plot: String?

  @OptionGroup var figureFile: FigureFileOptions

  @Option(help: ArgumentHelp("Title of the figure; the name of the data file when not given.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Title of the time axis of the figure.", valueName: "text"))
  var timeLabel: String = "Time"

  mutating func run() throws {
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    let resampling = try bootstrap.request(input)
    try output.check(data: input.data, plot: plot, hasRows: true)
    if output.format.hasRows, resampling != nil {
      throw UsageError("--format \(output.format.rawValue) has no rows of a bootstrap; --format json has its intervals")
    }
    try figureFile.check(plot)
    let columns = try SubgroupReport.columns(subgroups)
    let loaded = try input.load(.curves) { selection, _ in selection.subgroups = columns }
    if plot != nil { try FitReport.checkDrawable(loaded) }
    var report = try FitReport(input, loaded, times: landmarks, tau: tau, bootstrap: resampling, isQuiet: output.quiet)
    if !columns.isEmpty { report.add(try SubgroupReport(input, loaded, columns: columns)) }
    // The figure first: when it cannot be written, no table says that all went well.
    if let plot {
      try figureFile.write(
        try report.figure(title: title, timeLabel: timeLabel).svg(), path: plot, force: output.force)
    }
    try output.write(report, data: input.data, otherFiles: [plot].compactMap { $0 })
  }
}
