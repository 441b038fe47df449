internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

/// `survkit report`: the whole analysis as one document.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trial table, its figures, conventions, data account and provenance as one document.",
    discussion: """
      html is one page that needs no other file and no network; its figure tells S(t), interval and numbers at risk at any \
      time and draws the intervals on other scales. md, latex and rtf hold the same without figures, or with that of --figure. \
      ard-csv and ard-json hold a row per statistic, for programs.

      Example: survkit report trial.csv --arm treatment --reference placebo --times 6,12 --tau 24 -o report.html
      """)

  @OptionGroup(title: "Data options") var input: DataOptions

  @OptionGroup var table: TrialTableOptions

  @Option(help: ArgumentHelp("Title; made of the name of the data file when not given.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Title of the time axis: unit and origin; Time, with the unit where it is known, when not given.",
      valueName: "text"))
  var timeLabel: String?

  @Option(
    help: ArgumentHelp(
      "html, md, latex, rtf, ard-json or ard-csv; from the ending of the file when not given (.html, .md, .tex, .rtf, .json, "
        + ".csv), and html on standard output.", valueName: "format"))
  var format: Format?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output (-).", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Draw the Kaplan-Meier figure to this file, .svg, .pdf or .png, and show or name it in md, latex and rtf.",
      valueName: "file"))
  var figure: String?

  @OptionGroup var figureFile: FigureFileOptions

  @Flag(help: "Replace an existing file.")
  var force = false

  @Flag(name: .customLong("no-timestamp"), help: "Leave the time of the run out: same call, same bytes.")
  var leavesTimeOut = false

  @Flag(help: "No notes on standard error.")
  var quiet = false

  @OptionGroup var labels: LabelOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html
    case md
    case latex
    case rtf
    case rowsAsJSON = "ard-json"
    case rowsAsCSV = "ard-csv"

    static let endings: [String: Format] = [
      "html": .html, "htm": .html, "md": .md, "tex": .latex, "rtf": .rtf, "json": .rowsAsJSON, "csv": .rowsAsCSV,
    ]
  }

  mutating func run() throws {
    let landmarks = try table.landmarks()
    let format = try appliedFormat()
    guard figure != "-" else { throw UsageError("--figure takes a file; standard output has the report") }
    let file = output == "-" ? nil : output
    let paths = [file, figure].compactMap { $0 }
    for path in paths { try Output.check(path: path, force: force, inputs: [input.data]) }
    try Output.checkDistinct(paths)
    try figureFile.check(figure)

    let loaded = try SubgroupReport.load(input, .curves, subgroups: table.subgroups)
    if format == .html || figure != nil { try FitReport.checkDrawable(loaded) }
    let fit = try table.report(input, loaded, landmarks: landmarks)
    let report = StudyReport(
      fit,
      provenance: loaded.provenance(files: [input.data] + paths, startedUTC: leavesTimeOut ? nil : StartOfRun.utc),
      title: title, timeLabel: timeLabel ?? loaded.timeLabel,
      picture: figure.map { String($0.split(separator: "/").last ?? "") })
    let text = try report.text(format, rawLabels: labels.areRaw)
    if let figure {
      try figureFile.write(
        try fit.figure(title: title, timeLabel: timeLabel ?? loaded.timeLabel).svg(), path: figure, force: force)
    }
    if let file {
      try Output.file(text, path: file, force: force)
    } else {
      try Output.standard(text)
    }
    OutputOptions.note(report.remarks, isQuiet: quiet)
  }

  private func appliedFormat() throws(UsageError) -> Format {
    if let format { return format }
    guard let output, output != "-" else { return .html }
    let name = output.split(separator: "/").last ?? ""
    let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    guard let format = ending.flatMap({ Format.endings[$0] }) else {
      throw UsageError(
        "\(output): the ending says no format; end it in .html, .md, .tex, .rtf, .json or .csv, or give --format")
    }
    return format
  }
}

extension StudyReport {
  func text(_ format: Report.Format, rawLabels: Bool) throws -> String {
    switch format {
    case .html: try StudyPage(self).page.text
    case .md: document.markdown
    case .latex: document.latex(title: title)
    case .rtf: document.rtf(title: title)
    case .rowsAsJSON: envelope.json.text
    case .rowsAsCSV: AnalysisRow.csv(fit.analysisRows, rawLabels: rawLabels)
    }
  }
}
