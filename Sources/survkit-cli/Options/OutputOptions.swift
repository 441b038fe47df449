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

/// Where the result goes and in which form.
struct OutputOptions: ParsableArguments {
  @Option(help: "text, json or md; survkit teach also makes html.")
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

  enum Format: String, ExpressibleByArgument {
    case text
    case json
    case md
    case html
  }

  /// Refuses an output that could not be written, before any work is done.
  ///
  /// - Parameters:
  ///   - plot: the figure that the call writes besides.
  ///   - hasPage: whether the report can be written as a page.
  func check(data: String?, plot: String? = nil, hasPage: Bool = false) throws {
    guard hasPage || format != .html else { throw OutputOptions.withoutPage }
    guard plot != "-" else { throw UsageError("--plot takes a file; standard output has the table") }
    let paths = [file, plot].compactMap { $0 }
    for path in paths { try Output.check(path: path, force: force, inputs: [data].compactMap { $0 }) }
    try Output.checkDistinct(paths)
  }

  /// What commands without a page answer.
  static let withoutPage = UsageError("--format html belongs to survkit teach")

  /// The file of `-o`; nil for standard output, which "-" names too.
  private var file: String? { output == "-" ? nil : output }

  /// Writes the report in the form asked for.
  ///
  /// - Parameter otherFiles: paths of the call besides the data and `--output`.
  func write(_ report: some AnalysisReport, data: String, otherFiles: [String] = []) throws {
    let remarks = report.loaded.remarks + report.remarks
    try write(report.document, page: report.page, remarks) {
      let provenance = Provenance(
        arguments: CommandLine.arguments, files: [data] + [output].compactMap { $0 } + otherFiles,
        input: report.loaded.source, linearAlgebra: BLAS.configuration, threads: BLAS.threads,
        workers: Parallelism.threads, startedUTC: startedUTC)
      return Envelope(
        command: report.command, provenance: provenance.json, settings: report.settings, data: report.loaded.json,
        warnings: remarks, result: report.result)
    }
  }

  /// Writes the report of a call that reads no data.
  func write(_ report: some PlanReport) throws {
    try write(report.document, report.remarks) {
      let provenance = Provenance(
        arguments: CommandLine.arguments, files: [output].compactMap { $0 }, linearAlgebra: BLAS.configuration,
        threads: BLAS.threads, startedUTC: startedUTC)
      return Envelope(
        command: report.command, provenance: provenance.json, settings: report.settings, data: .object([]),
        warnings: report.remarks, result: report.result)
    }
  }

  /// When the run began; nil where that is to be left out.
  private var startedUTC: String? { leavesTimeOut ? nil : StartOfRun.utc }

  /// - Parameter envelope: made for JSON only: it hashes the input.
  private func write(
    _ document: @autoclosure () -> ReportDocument, page: @autoclosure () -> HTMLPage? = nil, _ remarks: [Remark],
    envelope: () -> Envelope
  ) throws {
    let text: String
    switch format {
    case .text: text = document().text
    case .md: text = document().markdown
    case .json: text = envelope().json.text
    case .html:
      guard let page = page() else { throw OutputOptions.withoutPage }
      text = page.text
    }
    if let file {
      try Output.file(text, path: file, force: force)
    } else {
      try Output.standard(text)
    }
    // What a table on standard output says need not be said twice.
    if format == .json || file != nil { OutputOptions.note(remarks, isQuiet: quiet) }
  }

  /// Notes for a reader whose standard output does not carry them.
  static func note(_ remarks: [Remark], isQuiet: Bool) {
    guard !isQuiet else { return }
    for remark in remarks {
      let bytes = Array("survkit: note: \(printable(remark.message))\n".utf8)
      _ = bytes.withUnsafeBytes { Survkit.writeBytes(2, $0.baseAddress, $0.count) }
    }
  }
}

/// When the run began.
enum StartOfRun {
  static let utc = Provenance.now()
}
