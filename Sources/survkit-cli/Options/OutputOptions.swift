internal import ArgumentParser
internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How labels stand in CSV files.
struct LabelOptions: ParsableArguments {
  @Flag(
    name: .customLong("raw-labels"),
    help: "In CSV output leave labels as they are; without it those that a spreadsheet would run begin with '.")
  var areRaw = false
}

/// Where the result goes and in which form.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "text, json, md, html, latex or rtf; with fit also ard-csv and ard-json, a row per statistic.",
      valueName: "format"))
  var format: Format = .text

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output (-).", valueName: "file"))
  var output: String?

  @Flag(help: "Replace an existing output file.")
  var force = false

  @Flag(name: .customLong("no-timestamp"), help: "Leave the time of the run out of the JSON: same call, same bytes.")
  var leavesTimeOut = false

  @Flag(help: "No notes on standard error.")
  var quiet = false

  @OptionGroup var labels: LabelOptions

  enum Format: String, ExpressibleByArgument {
    case text
    case json
    case md
    case html
    case latex
    case rtf
    case rowsAsCSV = "ard-csv"
    case rowsAsJSON = "ard-json"

    var hasRows: Bool { self == .rowsAsCSV || self == .rowsAsJSON }
  }

  /// Refuses an output that could not be written, before any work is done.
  ///
  /// - Parameters:
  ///   - plot: the figure that the call writes besides.
  ///   - hasRows: the report can be written as a row per statistic.
  func check(data: String?, plot: String? = nil, hasRows: Bool = false) throws {
    guard hasRows || !format.hasRows else { throw OutputOptions.rowsRefusal(format) }
    guard plot != "-" else { throw UsageError("--plot takes a file; standard output has the table") }
    let paths = [file, plot].compactMap { $0 }
    for path in paths { try Output.check(path: path, force: force, inputs: [data].compactMap { $0 }) }
    try Output.checkDistinct(paths)
  }

  /// What commands without rows of statistics answer.
  static func rowsRefusal(_ format: Format) -> UsageError {
    UsageError("--format \(format.rawValue) belongs to survkit fit and survkit report")
  }

  /// The file of `-o`; nil for standard output, which "-" names too.
  private var file: String? { output == "-" ? nil : output }

  /// Writes the report in the form asked for.
  ///
  /// - Parameter otherFiles: paths of the call besides the data and `--output`.
  func write(_ report: some AnalysisReport, data: String, otherFiles: [String] = []) throws {
    let remarks = report.loaded.remarks + report.remarks
    let title = "\(Tool.name) \(report.command): \(report.loaded.dataset.file)"
    try write(report.document, title: title, page: report.page, remarks, rows: report.analysisRows) {
      let provenance = report.loaded.provenance(
        files: [data] + [output].compactMap { $0 } + otherFiles, startedUTC: startedUTC)
      return Envelope(
        command: report.command, provenance: provenance.json, settings: report.settings, data: report.loaded.json,
        warnings: remarks, result: $0 ?? report.result)
    }
  }

  /// Writes the report of a call that reads no data.
  func write(_ report: some PlanReport) throws {
    try write(report.document, title: "\(Tool.name) \(report.command)", report.remarks, rows: []) { _ in
      let provenance = Provenance(
        arguments: CommandLine.arguments, files: [output].compactMap { $0 }, linearAlgebra: BLAS.configuration,
        threads: BLAS.threads, startedUTC: startedUTC)
      return Envelope(
        command: report.command, provenance: provenance.json, settings: report.settings, data: .object([]),
        warnings: report.remarks, result: report.result)
    }
  }

  /// Writes the verdicts on published claims.
  ///
  /// - Parameter files: paths of the call besides `--output`.
  func write(_ report: VerifyReport, files: [String]) throws {
    try write(report.document, title: "\(Tool.name) verify: \(report.source.name)", report.rows.remarks, rows: []) {
      _ in
      let inputs = [report.source] + report.rows.files.map(\.file)
      let provenance = Provenance(
        arguments: CommandLine.arguments, files: files + [output].compactMap { $0 },
        inputs: .array(inputs.map { Provenance.input($0) }), linearAlgebra: BLAS.configuration, threads: BLAS.threads,
        startedUTC: startedUTC)
      return Envelope(
        command: "verify", provenance: provenance.json, settings: report.settings, data: report.data,
        warnings: report.rows.remarks, result: report.result)
    }
  }

  /// Writes text that has one form only.
  func write(text: String) throws {
    if let file {
      try Output.file(text, path: file, force: force)
    } else {
      try Output.standard(text)
    }
  }

  /// When the run began; nil where that is to be left out.
  private var startedUTC: String? { leavesTimeOut ? nil : StartOfRun.utc }

  /// - Parameter envelope: made for JSON only: it hashes the input. It holds the result given, or else the report's own.
  private func write(
    _ document: @autoclosure () -> ReportDocument, title: String, page: @autoclosure () -> HTMLPage? = nil,
    _ remarks: [Remark], rows: @autoclosure () -> [AnalysisRow],
    envelope: (JSONValue?) -> Envelope
  ) throws {
    let text =
      switch format {
      case .text: document().text
      case .md: document().markdown
      case .html: (page() ?? document().page(title: title)).text
      case .latex: document().latex(title: title)
      case .rtf: document().rtf(title: title)
      case .json: envelope(nil).json.text
      case .rowsAsCSV: AnalysisRow.csv(rows(), rawLabels: labels.areRaw)
      case .rowsAsJSON: envelope(AnalysisRow.json(rows())).json.text
      }
    try write(text: text)
    // What a table on standard output says need not be said twice.
    if format == .json || format.hasRows || file != nil { OutputOptions.note(remarks, isQuiet: quiet) }
  }

  /// Notes for a reader whose standard output does not carry them.
  static func note(_ remarks: [Remark], isQuiet: Bool) {
    guard !isQuiet else { return }
    for remark in remarks {
      Survkit.writeMessage("survkit: note: \(printable(remark.message))")
    }
  }
}

extension LoadedData {
  /// - Parameter files: paths of the call, which are written without their folders.
  func provenance(files: [String], startedUTC: String?) -> Provenance {
    Provenance(
      arguments: CommandLine.arguments, files: files, input: source, linearAlgebra: BLAS.configuration,
      threads: BLAS.threads, workers: Parallelism.threads, startedUTC: startedUTC)
  }
}

/// When the run began.
enum StartOfRun {
  static let utc = Provenance.now()
}
