internal import ArgumentParser
internal import Survival
internal import TrialData

/// Where the rows are and which columns play which part.
struct DataOptions: ParsableArguments {
  @Argument(help: "CSV file with a header row, or - for standard input.")
  var data: String

  @Option(help: "Column of times (found by itself when named time or AVAL).")
  var time: String?

  @Option(help: "Column of events: 0/1, true/false, or ADaM CNSR, where 0 is an event.")
  var event: String?

  @Option(help: "Codes that mean an event, separated by commas; needed for any other coding.")
  var eventValues: String?

  @Option(help: "Column of arms (found by itself when named arm or TRT01P).")
  var arm: String?

  @Option(help: "Columns of strata, separated by commas.")
  var strata: String?

  @Option(help: "Rows with a missing value: drop or fail.")
  var missing: MissingRule = .drop

  @Option(help: "Arm that the others are compared with; the first in order when not given.")
  var reference: String?

  @Option(help: "Confidence level.")
  var level: Double = 0.95

  @Option(help: "Scale of the interval of S(t): plain, log, log-log, logit, arcsin. Default from --like.")
  var confType: IntervalScale?

  @Option(help: "Conventions of r, sas or stata for intervals, quantiles and ties.")
  var like: Convention = .r

  enum MissingRule: String, ExpressibleByArgument {
    case drop
    case fail
  }

  func load(covariates: [String] = []) throws -> LoadedData {
    var selection = ColumnSelection()
    selection.time = time
    selection.event = event
    selection.arm = arm
    selection.eventValues = split(eventValues)
    selection.strata = split(strata)
    selection.failOnMissing = missing == .fail
    selection.covariates = covariates
    let dataset = try TrialDataset(try DataTable(try ByteSource.read(data)), selection)
    var arms: Grouping?
    if let labels = dataset.arm {
      if let reference, !labels.contains(reference) {
        throw TrialDataError(
          .usage, file: dataset.file, column: dataset.armColumn,
          "no row has the reference arm \(reference); the arms are \(Grouping(labels).labels.joined(separator: ", "))")
      }
      arms = Grouping(labels, order: reference.map { [$0] })
    }
    return LoadedData(
      dataset: dataset, data: try dataset.timeToEvent(), arms: arms,
      strata: Grouping.crossing(selection.strata.map { Grouping(dataset.strata[$0] ?? []) }),
      strataNames: selection.strata)
  }

  func confidence() throws -> ConfidenceSetting {
    try ConfidenceSetting(level: level, transform: confType?.transform ?? like.transform)
  }

  private func split(_ list: String?) -> [String] { (list ?? "").split(separator: ",").map(String.init) }
}

/// Rows ready for the estimators.
struct LoadedData {
  let dataset: TrialDataset
  let data: TimeToEvent
  let arms: Grouping?
  let strata: Grouping?
  let strataNames: [String]
}

/// The conventions of another program.
enum Convention: String, ExpressibleByArgument, CaseIterable {
  case r
  case sas
  case stata

  var transform: ConfidenceTransform { self == .r ? .log : .logLog }
  var quantileRule: QuantileRule {
    switch self {
    case .r: .r
    case .sas: .sas
    case .stata: .stata
    }
  }
  var ties: TieMethod { self == .r ? .efron : .breslow }
}

/// The `--conf-type` names.
enum IntervalScale: String, ExpressibleByArgument, CaseIterable {
  case plain
  case log
  case logLog = "log-log"
  case logit
  case arcsin

  var transform: ConfidenceTransform {
    switch self {
    case .plain: .plain
    case .log: .log
    case .logLog: .logLog
    case .logit: .logit
    case .arcsin: .arcsin
    }
  }
}
