internal import Survival

/// A check that this version cannot run, with what it would need.
public struct UnsupportedCheck: Error, Sendable, Equatable {
  public let reason: String
}

/// What the estimators of one check said beside their numbers.
final class CheckWarnings {
  private(set) var messages: [String] = []

  func add(_ message: String) {
    if !messages.contains(message) { messages.append(message) }
  }
}

/// The columns of a suite's data file as text; nil is a missing cell.
public typealias TextColumns = [String: [String?]]

/// The rows of one check: complete in every column it uses, in input order.
struct CheckData {
  let analysis: JSONTree
  let columns: [String: [String]]
  let rowCount: Int
  let data: TimeToEvent
  let warnings = CheckWarnings()

  init(_ analysis: JSONTree, _ table: TextColumns) throws {
    self.analysis = analysis
    func name(_ key: String) -> String? { analysis[key]?.string }
    func names(_ key: String) -> [String] { analysis[key]?.strings ?? name(key).map { [$0] } ?? [] }
    // A covariate by its name alone is numeric.
    let covariates = (analysis["covariates"]?.array ?? []).compactMap { $0["name"]?.string ?? $0.string }
    let used =
      [name("time"), name("event"), name("start"), name("weights"), name("offset"), name("expand_by"), name("score")]
      .compactMap { $0 }
      + names("group") + names("strata") + names("cluster") + covariates
    for column in used where table[column] == nil { throw UnsupportedCheck(reason: "no column \(column)") }
    guard !used.isEmpty else { throw UnsupportedCheck(reason: "the analysis names no column") }
    let total = table[used[0]]?.count ?? 0
    var rows = (0..<total).filter { row in used.allSatisfy { table[$0]?[row] != nil } }
    if let weight = name("expand_by") {
      rows = rows.flatMap { row in
        [Int](repeating: row, count: table[weight]?[row].flatMap { Double($0) }.map { Int($0) } ?? 0)
      }
    }
    var kept: [String: [String]] = [:]
    for column in used { kept[column] = rows.map { table[column]?[$0] ?? "" } }
    columns = kept
    rowCount = rows.count
    func numbers(_ column: String) throws -> [Double] {
      try (kept[column] ?? []).map {
        guard let value = Double($0) else { throw UnsupportedCheck(reason: "column \(column) is not numeric") }
        return value
      }
    }
    guard let time = name("time"), let event = name("event") else { throw UnsupportedCheck(reason: "no time or event") }
    let eventValue = analysis["event_value"]?.number ?? 1
    let inverted = analysis["event_inverted"]?.isTrue ?? false
    data = try TimeToEvent(
      time: try numbers(time), isEvent: try numbers(event).map { ($0 == eventValue) != inverted },
      entry: try name("start").map(numbers), weights: try name("weights").map(numbers))
    if data.mergedValues > 0 { warnings.add("times merged: \(data.mergedValues)") }
    if data.eventCount == 0 { warnings.add("no events") }
  }

  func numbers(_ column: String) -> [Double] { (columns[column] ?? []).map { Double($0) ?? .nan } }

  /// The grouping by the columns named under `key`, or nil when there are none.
  func grouping(_ key: String) -> Grouping? {
    let names = analysis[key]?.strings ?? analysis[key]?.string.map { [$0] } ?? []
    return Grouping.crossing(names.map { Grouping(columns[$0] ?? []) })
  }

  /// For each group of `grouping("group")`, the values of the grouping columns as the suite writes them.
  func groupLabels() -> [JSONTree?] {
    let names = analysis["group"]?.strings ?? []
    guard let grouping = grouping("group") else { return [nil] }
    return grouping.rowsByGroup.map { rows in
      var members: [String: JSONTree] = [:]
      for name in names {
        let text = columns[name]?[rows[0]] ?? ""
        members[name] = Double(text).map { .number($0) } ?? .string(text)
      }
      return .object(members)
    }
  }

  var level: Double { analysis["conf_level"]?.number ?? 0.95 }

  /// The design of the rows.
  func design() throws -> DesignMatrix {
    try design(rows: rowCount) {
      columns[$0] ?? []
    } levels: { name, covariate in
      Grouping(columns[name] ?? [], order: covariate["levels"]?.strings)
    }
  }

  /// The design of other subjects, given as objects of covariates; a factor's levels are those of the rows.
  func design(of subjects: [JSONTree]) throws -> DesignMatrix {
    func values(_ name: String) -> [String] { subjects.map { $0[name]?.text ?? "" } }
    return try design(rows: subjects.count, column: values) { name, covariate in
      let labels = Grouping(columns[name] ?? [], order: covariate["levels"]?.strings).labels
      return Grouping(
        labels: labels,
        codes: try values(name).map { value in
          guard let code = labels.firstIndex(of: value) else {
            throw UnsupportedCheck(reason: "no row has the level \(value) of \(name)")
          }
          return Int32(code)
        })
    }
  }

  private func design(
    rows: Int, column: (String) -> [String], levels grouping: (String, JSONTree) throws -> Grouping
  ) throws -> DesignMatrix {
    var levels: [String: (Grouping, String?)] = [:]
    var numeric: Set<String> = []
    for covariate in analysis["covariates"]?.array ?? [] {
      guard let name = covariate["name"]?.string ?? covariate.string else { continue }
      if covariate["type"]?.string == "factor" {
        levels[name] = (try grouping(name, covariate), covariate["reference"]?.string)
      } else {
        numeric.insert(name)
      }
    }
    let terms =
      analysis["terms"]?.strings ?? (analysis["covariates"]?.array ?? []).compactMap { $0["name"]?.string ?? $0.string }
    return try DesignMatrix(
      try terms.map { term in
        if numeric.contains(term) {
          return .numeric(name: term, values: column(term).map { Double($0) ?? .nan })
        }
        if let (grouping, reference) = levels[term] {
          return .factor(name: term, levels: grouping, reference: reference)
        }
        guard term.contains(":") else { throw UnsupportedCheck(reason: "unknown term \(term)") }
        return .interaction(term.split(separator: ":").map(String.init))
      }, rows: rows)
  }
}
