public import Survival

/// How rows ended, counted by arm: the description of an event, the reason of a censoring.
public struct EndingCount: Sendable, Equatable {
  public let isEvent: Bool
  /// The column that says so: EVNTDESC, CNSDTDSC or CNSR.
  public let column: String
  /// The text or code; nil for rows without one.
  public let text: String?
  /// Records with it, sums of case weights where there are any, per arm (one number without arms).
  public let counts: [Double]

  public var total: Double { counts.reduce(0, +) }
}

extension TrialDataset {
  /// Events by EVNTDESC, then censorings by the code of CNSR where there are several, by EVNTDESC and by CNSDTDSC.
  ///
  /// Each list adds up to the events or the censorings of an arm. A column that says nothing about any of its rows is left out. Texts
  /// come by how often they occur, those that occur alike by their bytes; codes by their number; rows without a text last.
  public func endings(by arms: Grouping?) -> [EndingCount] {
    var lists: [EndingCount] = []
    if let eventDescription { lists += endings(eventDescription, isEvent: true, arms) }
    if let censoringCodes {
      let codes = endings(censoringCodes, isEvent: false, arms)
      if codes.count > 1 { lists += codes.sorted { (Double($0.text ?? "") ?? 0) < (Double($1.text ?? "") ?? 0) } }
    }
    if let eventDescription { lists += endings(eventDescription, isEvent: false, arms) }
    if let censoringDescription { lists += endings(censoringDescription, isEvent: false, arms) }
    return lists
  }

  private func endings(_ description: RowDescription, isEvent wanted: Bool, _ arms: Grouping?) -> [EndingCount] {
    let texts = description.texts
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: arms?.count ?? 1), count: texts.labels.count)
    for row in isEvent.indices where isEvent[row] == wanted {
      sums[Int(texts.codes[row])][arms.map { Int($0.codes[row]) } ?? 0] += weight?[row] ?? 1
    }
    var found = sums.indices.filter { sums[$0].contains { $0 > 0 } && !description.isMissing($0) }.map {
      EndingCount(isEvent: wanted, column: description.column, text: texts.labels[$0], counts: sums[$0])
    }
    if found.isEmpty { return [] }
    found.sort { ($1.total, $0.text ?? "") < ($0.total, $1.text ?? "") }
    let silent = sums.indices.filter(description.isMissing).reduce([Double](repeating: 0, count: sums[0].count)) {
      zip($0, sums[$1]).map(+)
    }
    if silent.contains(where: { $0 > 0 }) {
      found.append(EndingCount(isEvent: wanted, column: description.column, text: nil, counts: silent))
    }
    return found
  }
}

/// What a column says about each record.
struct RowDescription: Sendable {
  let column: String
  let texts: CodedColumn

  /// Whether a label says that there is no value.
  func isMissing(_ label: Int) -> Bool { DataTable.isMissing(Array(texts.labels[label].utf8)[...]) }

  /// Whether each record has a value.
  var arePresent: [Bool] { translated(texts.codes, texts.labels.indices.map { !isMissing($0) }) }
}
