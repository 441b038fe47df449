internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit cif`: competing risks.
struct Cif: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cumulative incidence of competing causes: Aalen-Johansen, Gray's test, Fine-Gray regression.",
    discussion: """
      The event column holds a code for each cause and one for censoring; every code must be named, so that no cause is \
      taken for a censoring by mistake. Gray's test compares the arms, within --strata where given; --model adds a \
      Fine-Gray regression of each cause, in the notation of survkit cox: strata(a) gives each stratum its own baseline, \
      --censoring-strata its own distribution of censoring.

      Example: survkit cif trial.csv --event status --causes 1,2 --arm treatment --model "arm + age"
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("Codes of the causes, separated by commas.", valueName: "codes"))
  var causes: String?

  @Option(help: ArgumentHelp("Codes that mean censored, separated by commas.", valueName: "codes"))
  var censored: String = "0"

  @Option(help: ArgumentHelp("Times to read the incidences at, separated by commas.", valueName: "list"))
  var times: String?

  @Option(help: ArgumentHelp("Power of Gray's test: 0 weights all times alike, 1 early ones more.", valueName: "x"))
  var rho: Double = 0

  @Option(
    help: ArgumentHelp(
      "Variance of the incidences: jackknife or aalen. The jackknife; with --start, aalen; with --weight too, none.",
      valueName: "name"))
  var variance: IncidenceVariance?

  @Option(help: ArgumentHelp("A Fine-Gray model, fitted to each cause.", valueName: "model"))
  var model: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Level that the others of a factor are compared with; repeatable.", valueName: "COL=LEVEL"))
  var referenceLevel: [String] = []

  @Option(
    help: ArgumentHelp(
      "Columns of strata with a distribution of censoring each, for the weights of --model.", valueName: "cols"))
  var censoringStrata: String?

  @Option(
    help: """
      Who is at risk of censoring when events and censorings tie: all-at-risk (everybody; cmprsk) or events-first (those \
      without an event then; finegray of R survival).
      """)
  var censoringTies: String = CensoringTies.allAtRisk.rawValue

  @Flag(
    help: "Variance of --model with the weights of censoring taken as known, by --cluster where given, else by row.")
  var robust = false

  @Option(
    help: ArgumentHelp(
      "CSV file of subjects with the model's columns: their cumulative incidence, at --times or all event times.",
      valueName: "newdata"))
  var predict: String?

  mutating func run() throws {
    if model == nil {
      let belonging = [
        ("--cluster", input.cluster != nil), ("--censoring-strata", censoringStrata != nil), ("--robust", robust),
        ("--predict", predict != nil), ("--censoring-ties", censoringTies != CensoringTies.allAtRisk.rawValue),
      ]
      if let option = belonging.first(where: \.1)?.0 { throw UsageError("\(option) belongs to a --model") }
    }
    guard let ties = CensoringTies(rawValue: censoringTies) else {
      throw UsageError(
        "--censoring-ties takes \(CensoringTies.allCases.map(\.rawValue).joined(separator: " or ")), not "
          + censoringTies)
    }
    if predict == "-", input.data == "-" {
      throw UsageError("--predict -: standard input is the data already; give the subjects as a file")
    }
    if input.eventValues != nil { throw UsageError("--causes names the codes of the event column, not --event-values") }
    let codes = DataOptions.split(causes)
    guard !codes.isEmpty else { throw UsageError("name the codes of the causes: --causes 1,2") }
    guard Set(codes).count == codes.count else { throw UsageError("--causes names a code twice") }
    guard rho.isFinite else { throw UsageError("--rho takes a finite number") }
    let references = try referenceLevel.map { text throws(UsageError) in
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw UsageError("--reference-level takes COLUMN=LEVEL; \"\(text)\" is not of that form")
      }
      return (column: String(text[..<mark]), level: String(text[text.index(after: mark)...]))
    }
    if model == nil, !references.isEmpty { throw UsageError("--reference-level belongs to a --model") }
    let formula = try model.map { text throws(UsageError) in try ModelFormula(text) }
    let landmarks = try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
    try output.check(data: input.data)
    try output.write(
      try CompetingRisksReport(
        input, causes: codes, censored: DataOptions.split(censored), times: landmarks, rho: rho,
        variance: variance?.variance, model: model, formula: formula, references: references,
        regression: CompetingRisksReport.Regression(
          model: FineGrayModel(censoringTies: ties, takesWeightsAsKnown: robust),
          censoringStrata: DataOptions.split(censoringStrata), subjects: predict)),
      data: input.data, otherFiles: [predict].compactMap { $0 })
  }
}

/// The `--variance` names.
enum IncidenceVariance: String, ExpressibleByArgument, CaseIterable {
  case jackknife
  case aalen

  var variance: AalenJohansen.Variance { self == .aalen ? .aalen : .infinitesimalJackknife }
}
