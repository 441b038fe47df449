internal import ArgumentParser
internal import LinearAlgebra
internal import ReferenceSuite
internal import Reporting
internal import Survival
internal import TrialData

/// `survkit selftest`: expected numbers of another program against ours.
struct Selftest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check this copy of survkit against certified values and the numbers of other programs.",
    discussion: """
      Without --suite the built-in checks are run, each with its largest relative error and the digits that are right; \
      no file is needed. With --suite those of a suite of the schema survkit-reference/1, whose CSV files lie beside \
      it. A check of a kind that this version cannot run is unsupported, never passed.

      For regulated use, one report of --iq (what is installed), --oq (the built-in cases with requirement, expected and computed value) \
      and --bench DIR (the site's own cases: DIR/expected.json or DIR/*/expected.json), with lines to sign; \
      docs/validation/qualification.md says what it is and what it is not.

      Exit status: 0 when checks pass and none fails, 1 when one fails or none can be run, 65 for a suite that cannot be used or holds no checks, 66 \
      when it or one of its data files is missing.

      Example: survkit selftest --iq --oq --format md -o qualification.md
      """)

  @Option(help: "A suite to run in place of the built-in one; its CSV files lie beside it.")
  var suite: String?

  @Flag(help: "Installation: version, digest, libraries, programs, processor and system, as found on this computer.")
  var iq = false

  @Flag(help: "Operation: the built-in cases with requirement, source, expected and computed value, digits and result.")
  var oq = false

  @Option(
    help: ArgumentHelp("Performance: the site's own cases in this folder, reported as those of --oq.", valueName: "dir")
  )
  var bench: String?

  @Option(help: "Write what was computed, in the shape of the expected numbers, to this JSON file.")
  var emit: String?

  @Flag(help: "One line for every check of --suite, not only for those that fail.")
  var verbose = false

  @Option(help: "text, json, md, html, latex or rtf.")
  var format: Format = .text

  @Option(name: .shortAndLong, help: "Write the report to this file instead of standard output.")
  var output: String?

  @Flag(help: "Replace existing files.")
  var force = false

  @Flag(name: .customLong("no-timestamp"), help: "Leave the time of the run out of the report: same call, same bytes.")
  var leavesTimeOut = false

  enum Format: String, ExpressibleByArgument {
    case text
    case json
    case md
    case html
    case latex
    case rtf
  }

  private var isQualification: Bool { iq || oq || bench != nil }

  mutating func run() throws {
    if isQualification {
      let others = ["--suite": suite != nil, "--emit": emit != nil, "--verbose": verbose]
      for (name, isGiven) in others.sorted(by: { $0.key < $1.key }) where isGiven {
        throw UsageError("\(name) belongs to a run without --iq, --oq and --bench")
      }
    }
    let files = [emit, output].compactMap { $0 }
    for path in files { try Output.check(path: path, force: force, inputs: [suite].compactMap { $0 }) }
    try Output.checkDistinct(files)
    if !(try isQualification ? qualify() : check()) { throw ExitCode(1) }
  }

  /// The table of checks.
  private func check() throws -> Bool {
    let read = try suite.map { try SuiteRun.file($0) }
    let result = SelftestResult(try read?.outcomes ?? SuiteRun.builtIn())
    // The file first: when it cannot be written, no table says that all went well.
    if let emit { try Output.file(result.emission.text, path: emit, force: force) }
    let listed = suite == nil || verbose ? result.outcomes : result.outcomes.filter { $0.status == .fail }
    let settings = JSONValue.members(("suite", .string(read?.source.name ?? "built in")))
    try write(
      title: "\(Tool.name) selftest", inputs: read.map { [$0.source] } ?? [], settings: settings, result: result.json
    ) { _ in result.document(listing: listed) }
    return result.isPass
  }

  /// The report for a binder.
  private func qualify() throws -> Bool {
    let operation = try oq ? OperationReport(built: SuiteRun.builtIn, instructionSets: InstructionSets.agreements) : nil
    var inputs: [ByteSource] = []
    let site = try bench.map { folder in
      try OperationReport(site: folder) { inputs.append($0) }
    }
    let report = QualificationReport(installation: iq ? InstallationReport() : nil, operation: operation, site: site)
    let settings = JSONValue.members(
      ("installation", .bool(iq)), ("operation", .bool(oq)),
      ("site_cases", bench.map { .string($0.lastName) } ?? .null),
      ("null_reasons", bench == nil ? .members(("site_cases", .string("no --bench"))) : .object([])))
    try write(title: "Qualification of \(Tool.name)", inputs: inputs, settings: settings, result: report.json) {
      report.document(provenance: $0.rows)
    }
    return report.isPass
  }

  private func write(
    title: String, inputs: [ByteSource], settings: JSONValue, result: @autoclosure () -> JSONValue,
    document: (Provenance) -> ReportDocument
  ) throws {
    let provenance = Provenance(
      arguments: CommandLine.arguments, files: [suite, bench, emit, output].compactMap { $0 },
      inputs: inputs.isEmpty ? .null : .array(inputs.map { Provenance.input($0) }),
      linearAlgebra: BLAS.configuration, threads: BLAS.threads, startedUTC: leavesTimeOut ? nil : StartOfRun.utc)
    let text =
      switch format {
      case .text: document(provenance).text
      case .md: document(provenance).markdown
      case .html: document(provenance).page(title: title).text
      case .latex: document(provenance).latex(title: title)
      case .rtf: document(provenance).rtf(title: title)
      case .json:
        Envelope(
          command: "selftest", provenance: provenance.json, settings: settings, data: .object([]), warnings: [],
          result: result()
        ).json.text
      }
    if let output {
      try Output.file(text, path: output, force: force)
    } else {
      try Output.standard(text)
    }
  }
}
