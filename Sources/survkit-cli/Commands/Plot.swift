internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures

/// `survkit plot`: figures.
struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Figures with their risk table, as SVG, PDF or PNG.",
    discussion: """
      Presets: clean (bands, censor ticks), nejm (percentages, no bands), lancet (number censored in brackets), \
      kmunicate (bands, extended risk table). Options given beside a preset win over it. --by draws a panel for each level of a \
      column, with one time axis and one colour per arm.

      Example: survkit plot trial.csv -o km.svg --arm treatment --preset kmunicate --time-label "Months since randomisation"
      survkit plot trial.csv -o rmst.pdf --kind rmst --tau 24
      survkit plot trial.csv -o forest.svg --kind forest --subgroups sex,ecog,region
      survkit plot trial.csv -o zph.svg --kind schoenfeld --model "arm + age"
      survkit plot trial.csv -o cif.svg --kind cif --event status --causes 1,2 --cause-labels relapse,death
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
      "km; cumhaz, the cumulative hazard of Nelson and Aalen; loglog, log(-log(S)) against the logarithm of time, parallel "
        + "where hazards are proportional; rmst, the areas under the curves up to --tau; cif, cumulative incidences of --causes; forest, hazard ratios of "
        + "--subgroups; schoenfeld, scaled residuals of a Cox model with a smooth: the arm's, or that of --model."
    ))
  var kind: FigureKind = .km

  @Option(help: "clean, nejm, lancet or kmunicate; clean when not given.")
  var preset: FigurePreset?

  @Option(help: ArgumentHelp("Width in mm, 60 to 400; journals print 86, 120 and 178.", valueName: "mm"))
  var width: Double?

  @Option(help: ArgumentHelp("Height in mm.", valueName: "mm"))
  var height: Double?

  @Option(help: ArgumentHelp("Title; the name of the data file when not given, none when empty.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Title of the time axis: unit and origin; Time, with the unit where it is known, when not given.",
      valueName: "text"))
  var timeLabel: String?

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

  @Option(
    help: ArgumentHelp("Times with a dashed line and a column of percentages, separated by commas.", valueName: "list"))
  var landmarks: String?

  @Flag(help: "A strip under the panel: the difference of two arms, second minus reference, with its limits.")
  var difference = false

  @Option(help: ArgumentHelp("Horizon of the restricted means of --kind rmst.", valueName: "time"))
  var tau: Double?

  @Option(help: ArgumentHelp("A panel for each level of this column, up to twelve.", valueName: "col"))
  var by: String?

  @Option(help: ArgumentHelp("Panels in a row.", valueName: "n"))
  var columns: Int?

  @Option(help: ArgumentHelp("Columns of the subgroups of --kind forest, separated by commas.", valueName: "cols"))
  var subgroups: String?

  @Option(
    help: ArgumentHelp(
      "Cox model of --kind schoenfeld, as survkit cox takes it; the arm when not given.", valueName: "model"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Function of time of --kind schoenfeld: km, identity, rank or log; km when not given.", valueName: "name"))
  var zph: TimeScale?

  @Option(help: ArgumentHelp("Codes of the causes of --kind cif, separated by commas.", valueName: "codes"))
  var causes: String?

  @Option(
    help: ArgumentHelp("Names of these causes in the figure, in their order, separated by commas.", valueName: "names"))
  var causeLabels: String?

  @Option(help: ArgumentHelp("Codes that mean censored in --kind cif; 0 when not given.", valueName: "codes"))
  var censored: String?

  @Flag(help: "Draw 1 - S upward.")
  var cumulativeIncidence = false

  @Flag(help: "Percentages on the vertical axis.")
  var percent = false

  @Option(
    help: ArgumentHelp(
      "Colours of the arms as #RRGGBB, separated by commas, with a contrast of 3:1 with white or more.",
      valueName: "list"))
  var colours: String?

  @Flag(name: .customLong("no-ribbon"), help: "No confidence bands.")
  var hidesRibbon = false

  @Flag(name: .customLong("no-censor-marks"), help: "No ticks at censoring times.")
  var hidesCensorMarks = false

  @Option(parsing: .singleValue, help: ArgumentHelp("A line at the foot; repeatable.", valueName: "text"))
  var footer: [String] = []

  mutating func run() throws {
    try checkCall()
    try input.refuseUnderDisclosureControl(
      ("--kind cumhaz", kind == .cumhaz), ("--kind rmst", kind == .rmst), ("--difference", difference),
      ("--truncate-at-risk", truncateAtRisk != nil))
    if kind == .forest { return try drawForest() }
    if kind == .schoenfeld { return try drawResiduals() }
    let landmarks = try numberList(landmarks, option: "--landmarks", range: "numbers of 0 or more") { $0 >= 0 }
    let drawing = CurveDrawing(
      input: input, title: title, timeLabel: timeLabel, footer: footer, options: options(landmarks))
    let drawn: CurveDrawing.Drawn
    if kind == .cif {
      drawn = try drawing.incidences(
        causes: DataOptions.split(causes), labels: DataOptions.split(causeLabels),
        censored: DataOptions.split(censored ?? "0"))
    } else if let by {
      drawn = try drawing.panels(by: by, columns: columns, tau: tau)
    } else {
      drawn = try drawing.curves(tau: tau)
    }
    try figureFile.write(drawn.svg, path: output, force: force)
    OutputOptions.note(drawn.remarks, isQuiet: quiet)
  }

  private func drawForest() throws {
    let loaded = try SubgroupReport.load(input, .cox, subgroups: subgroups)
    let report = try SubgroupReport(input, loaded)
    var options = ForestFigure.Options()
    if let width { options.widthInMillimetres = width }
    let figure = try report.figure(title: title, footer: footer, options: options)
    try figureFile.write(figure.svg(), path: output, force: force)
    OutputOptions.note(loaded.remarks + report.remarks, isQuiet: quiet)
  }

  private func drawResiduals() throws {
    let formula = try model.map { text throws(UsageError) in try ModelFormula(text) }
    let report = try CoxReport(input, model: model, formula: formula, transform: (zph ?? .km).transform)
    var options = SchoenfeldFigure.Options()
    if let width { options.widthInMillimetres = width }
    let figure = try report.residualFigure(
      title: title, timeLabel: timeLabel ?? report.loaded.timeLabel, footer: footer, options: options)
    try figureFile.write(figure.svg(), path: output, force: force)
    OutputOptions.note(report.loaded.remarks + report.remarks, isQuiet: quiet)
  }

  /// Refuses what does not belong to the kind of figure, and an output that could not be written, before any work is done.
  private func checkCall() throws {
    let curves = FigureKind.allCases.filter { $0 != .forest && $0 != .schoenfeld }
    let belongings: [(option: String, isGiven: Bool, kinds: [FigureKind])] = [
      ("--cumulative-incidence", cumulativeIncidence, [.km]), ("--percent", percent, [.km, .rmst, .cif]),
      ("--median-lines", medianLines, [.km]), ("--landmarks", landmarks != nil, [.km, .cif]),
      ("--difference", difference, [.km]), ("--tau", tau != nil, [.rmst]), ("--causes", causes != nil, [.cif]),
      ("--cause-labels", causeLabels != nil, [.cif]), ("--censored", censored != nil, [.cif]),
      ("--by", by != nil, [.km, .cumhaz, .loglog, .rmst]), ("--subgroups", subgroups != nil, [.forest]),
      ("--step", step != nil, [.km, .cumhaz, .rmst, .cif]), ("--height", height != nil, curves),
      ("--time-label", timeLabel != nil, curves + [.schoenfeld]), ("--model", model != nil, [.schoenfeld]),
      ("--zph", zph != nil, [.schoenfeld]), ("--value-label", valueLabel != nil, curves),
      ("--risk-table", riskTable != nil, curves), ("--truncate-at-risk", truncateAtRisk != nil, curves),
      ("--preset", preset != nil, curves), ("--no-ribbon", hidesRibbon, curves), ("--colours", colours != nil, curves),
      ("--no-censor-marks", hidesCensorMarks, curves),
    ]
    for (option, isGiven, kinds) in belongings where isGiven && !kinds.contains(kind) {
      throw UsageError(
        "\(option) belongs to --kind \(kinds.map(\.rawValue).joined(separator: ", ")), not to \(kind.rawValue)")
    }
    if kind == .rmst, tau == nil { throw UsageError("--kind rmst needs the horizon: --tau TIME") }
    if kind == .forest, subgroups == nil {
      throw UsageError("--kind forest needs the columns of the subgroups: --subgroups sex,region")
    }
    if kind == .cif, causes == nil { throw UsageError("--kind cif needs the codes of the causes: --causes 1,2") }
    if columns != nil, by == nil { throw UsageError("--columns belongs to --by") }
    if cumulativeIncidence, difference {
      throw UsageError("--difference is drawn of survival; leave one of the two out")
    }
    if by != nil, input.data == "-" {
      throw UsageError("--by reads the data once for each panel, which standard input cannot; give a file")
    }
    if output != "-" { try Output.check(path: output, force: force, inputs: [input.data]) }
    try figureFile.check(output)
  }

  private func options(_ landmarks: [Double]) -> KaplanMeierFigure.Options {
    var options = (preset ?? .clean).options
    if cumulativeIncidence { options.measure = .cumulativeIncidence }
    kind.apply(to: &options, tau: tau)
    if let width { options.widthInMillimetres = width }
    if let height { options.heightInMillimetres = height }
    if let riskTable { options.riskTable = riskTable.mode }
    if let valueLabel { options.valueLabel = valueLabel }
    if let step { options.timeStep = step }
    if let truncateAtRisk { options.truncateAtRisk = truncateAtRisk }
    options.medianLines = medianLines
    options.landmarks = landmarks
    options.showDifference = difference
    options.colours = DataOptions.split(colours)
    if percent { options.percent = true }
    if hidesRibbon { options.showRibbon = false }
    if hidesCensorMarks { options.showCensorMarks = false }
    return options
  }
}
