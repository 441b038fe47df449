internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures

/// `survkit plot`: figures.
struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The Kaplan-Meier figure with its risk table, as SVG, PDF or PNG.",
    discussion: """
      Presets: clean (bands, censor ticks), nejm (percentages, no bands), lancet (number censored in brackets), \
      kmunicate (bands, extended risk table). Options given beside a preset win over it.

      Example: survkit plot trial.csv -o km.svg --arm treatment --preset kmunicate --time-label "Months since randomisation"
      """)

  @OptionGroup(title: "Data options") var input: DataOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write: .svg, .pdf or .png; - is SVG on standard output.", valueName: "FILE"))
  var output: String

  @OptionGroup var figureFile: FigureFileOptions

  @Flag(help: "Replace an existing file.")
  var force = false

  @Flag(help: "No notes on standard error.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Kind of figure: km; cumhaz, the cumulative hazard of Nelson and Aalen; loglog, log(-log(S)) against the logarithm of "
        + "time, parallel where hazards are proportional."))
  var kind: String = "km"

  @Option(help: "clean, nejm, lancet or kmunicate.")
  var preset: Preset = .clean

  @Option(help: ArgumentHelp("Width in mm, 60 to 400; journals print 86, 120 and 178.", valueName: "mm"))
  var width: Double?

  @Option(help: ArgumentHelp("Height in mm.", valueName: "mm"))
  var height: Double?

  @Option(help: ArgumentHelp("Title; the name of the data file when not given, none when empty.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Title of the time axis: unit and origin.", valueName: "text"))
  var timeLabel: String = "Time"

  @Option(help: ArgumentHelp("Title of the vertical axis.", valueName: "text"))
  var valueLabel: String?

  @Option(
    help: ArgumentHelp("Table under the figure: at-risk, at-risk-censored, kmunicate or none.", valueName: "mode"))
  var riskTable: RiskTableName?

  @Option(help: ArgumentHelp("Distance of the ticks of the time axis.", valueName: "time"))
  var step: Double?

  @Option(help: ArgumentHelp("Stop each curve where fewer than this many are at risk.", valueName: "n"))
  var truncateAtRisk: Int?

  @Flag(help: "Dashed lines at the medians.")
  var medianLines = false

  @Flag(help: "Draw 1 - S upward.")
  var cumulativeIncidence = false

  @Flag(help: "Percentages on the vertical axis.")
  var percent = false

  @Flag(name: .customLong("no-ribbon"), help: "No confidence bands.")
  var hidesRibbon = false

  @Flag(name: .customLong("no-censor-marks"), help: "No ticks at censoring times.")
  var hidesCensorMarks = false

  @Option(parsing: .singleValue, help: ArgumentHelp("A line at the foot; repeatable.", valueName: "text"))
  var footer: [String] = []

  enum RiskTableName: String, ExpressibleByArgument, CaseIterable {
    case atRisk = "at-risk"
    case atRiskCensored = "at-risk-censored"
    case kmunicate
    case none

    var mode: KaplanMeierFigure.RiskTableMode {
      switch self {
      case .atRisk: .atRisk
      case .atRiskCensored: .atRiskCensored
      case .kmunicate: .kmunicate
      case .none: .none
      }
    }
  }

  enum Preset: String, ExpressibleByArgument, CaseIterable {
    case clean
    case nejm
    case lancet
    case kmunicate

    var options: KaplanMeierFigure.Options {
      switch self {
      case .clean: .clean
      case .nejm: .nejm
      case .lancet: .lancet
      case .kmunicate: .kmunicate
      }
    }
  }

  mutating func run() throws {
    try checkCall()
    let loaded = try input.load(.plot)
    // Before any model is fitted: an identifier taken for the arm has a level per row.
    try FitReport.checkDrawable(loaded)
    let report = try FitReport(input, loaded, times: [], tau: nil)
    let figure = try report.figure(title: title, timeLabel: timeLabel, footer: footer, options: options)
    try figureFile.write(figure.svg(), path: output, force: force)
    OutputOptions.note(loaded.remarks + report.remarks, isQuiet: quiet)
  }

  private func checkCall() throws {
    guard ["km", "cumhaz", "loglog"].contains(kind) else {
      if ["schoenfeld", "forest", "cif"].contains(kind) {
        throw UsageError.notAvailable("--kind \(kind)", instead: "the kinds are km, cumhaz and loglog")
      }
      throw UsageError("--kind \(kind) is not known; the kinds are km, cumhaz and loglog")
    }
    if kind == "loglog", step != nil {
      throw UsageError("--step has no meaning for the logarithmic axis of --kind loglog")
    }
    if kind != "km", cumulativeIncidence || percent || medianLines {
      throw UsageError("--cumulative-incidence, --percent and --median-lines belong to --kind km")
    }
    if output != "-" { try Output.check(path: output, force: force, inputs: [input.data]) }
    try figureFile.check(output)
  }

  private var options: KaplanMeierFigure.Options {
    var options = preset.options
    if let width { options.widthInMillimetres = width }
    if let height { options.heightInMillimetres = height }
    if let riskTable { options.riskTable = riskTable.mode }
    if let valueLabel { options.valueLabel = valueLabel }
    if let step { options.timeStep = step }
    if let truncateAtRisk { options.truncateAtRisk = truncateAtRisk }
    if medianLines { options.medianLines = true }
    if cumulativeIncidence { options.measure = .cumulativeIncidence }
    if kind == "cumhaz" { options.measure = .cumulativeHazard }
    if kind == "loglog" { options.measure = .logMinusLog }
    // A preset's percentages are those of a probability; marks of censorings lie too close on a logarithmic axis.
    if kind != "km" { options.percent = false }
    if kind == "loglog" { options.showCensorMarks = false }
    if percent { options.percent = true }
    if hidesRibbon { options.showRibbon = false }
    if hidesCensorMarks { options.showCensorMarks = false }
    return options
  }
}
