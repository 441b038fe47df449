internal import ArgumentParser
internal import Reporting
internal import Survival
internal import TrialData

/// `survkit cox`: Cox regression.
struct Cox: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cox regression: hazard ratios, likelihood-ratio, Wald and score tests, proportionality.",
    discussion: """
      A model is made of columns, interactions a:b, crossings a*b, factor(a) and strata(a), joined by +. Columns of text \
      and the arm are factors, columns of numbers are numbers; "arm" stands for the column of --arm where no column has \
      that name. Names with other characters than letters, digits, _ and . stand in backticks.

      Example: survkit cox trial.csv --arm treatment --model "arm + age + sex:arm + strata(site)" --zph km
      """)

  @OptionGroup(title: "Data options") var input: DataOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(help: ArgumentHelp("The model; the arm alone when not given.", valueName: "model"))
  var model: String?

  @Option(help: "Tied events: efron or breslow. Default from --like.")
  var ties: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Level that the others of a factor are compared with; repeatable.", valueName: "COL=LEVEL"))
  var referenceLevel: [String] = []

  @Flag(help: "Robust variance; by --cluster where given, else by row.")
  var robust = false

  @Option(help: "Test of proportional hazards against km, identity, rank or log time.")
  var zph: TimeScale?

  mutating func run() throws {
    let ties = try tieMethod()
    let references = try referenceLevel.map { text throws(UsageError) in
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw UsageError("--reference-level takes COLUMN=LEVEL; \"\(text)\" is not of that form")
      }
      return (column: String(text[..<mark]), level: String(text[text.index(after: mark)...]))
    }
    let formula = try model.map { text throws(UsageError) in try ModelFormula(text) }
    try output.check(data: input.data)
    try output.write(
      try CoxReport(
        input, model: model, formula: formula, ties: ties, references: references, isRobust: robust,
        transform: zph?.transform),
      data: input.data)
  }

  private func tieMethod() throws(UsageError) -> TieMethod {
    guard let ties else { return input.like.ties }
    if ["exact-partial", "exact-marginal"].contains(ties) {
      throw .notAvailable("--ties \(ties)", instead: "efron is the closest to it")
    }
    guard let method = TieMethod(rawValue: ties) else {
      throw UsageError("--ties takes efron or breslow (exact-partial, exact-marginal in a later version), not \(ties)")
    }
    return method
  }
}

/// The `--zph` names.
enum TimeScale: String, ExpressibleByArgument, CaseIterable {
  case km
  case identity
  case rank
  case log

  var transform: TimeTransform {
    switch self {
    case .km: .km
    case .identity: .identity
    case .rank: .rank
    case .log: .log
    }
  }
}
