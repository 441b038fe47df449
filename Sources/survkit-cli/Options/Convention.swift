internal import ArgumentParser
internal import Survival

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
  /// SAS and Stata take times as they stand; a difference in the last digit splits a tie there.
  var tieTolerance: Double { self == .r ? TimeToEvent.defaultTieTolerance : 0 }
  var ties: TieMethod { self == .r ? .efron : .breslow }

  /// The horizon of one sample's restricted mean when none is named: LIFETEST's last event time, stci's longest follow-up;
  /// nil in R, where it is asked for, and where there is no event.
  func restrictedMeanHorizon(of table: EventTable) -> Double? {
    switch self {
    case .r: nil
    case .sas: table.events.lastIndex { $0 > 0 }.map { table.time[$0] }
    case .stata: table.time.last
    }
  }

  /// The level that others are compared with when none is named: the last for SAS, else the first.
  func reference(of labels: [String]) -> String? { self == .sas ? labels.last : labels.first }
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

/// A call that cannot be carried out as it stands: exit status 64.
struct UsageError: Error, CustomStringConvertible {
  let message: String
  init(_ message: String) { self.message = message }
  var description: String { message }
}

/// The numbers of a list option such as `--times 6,12`.
///
/// - Throws: `UsageError` for an empty list and for anything that is no number of the range.
func numberList(
  _ text: String?, option: String, range: String, isInRange: (Double) -> Bool
) throws(UsageError) -> [Double] {
  guard let text else { return [] }
  var values: [Double] = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let word = part.split(separator: " ").joined(separator: " ")
    guard let value = Double(word), value.isFinite, isInRange(value) else {
      throw UsageError("\(option) takes \(range), separated by commas; \"\(word)\" is not one")
    }
    values.append(value)
  }
  return values
}
