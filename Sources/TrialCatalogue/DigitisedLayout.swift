internal import TrialData

/// Which columns of a digitised file hold times, values and arms.
struct DigitisedLayout {
  struct Column {
    var name: String?
    let time: Int
    /// nil for censor marks.
    let value: Int?
  }

  private(set) var columns: [Column] = []
  /// The column of arm names.
  private(set) var arm: Int?
  /// One column of times for all curves.
  private(set) var isWide = false
  private(set) var unused: [String] = []
  private let names: [String]

  /// The heading of a column, or "column 2".
  func heading(_ column: Int) -> String {
    column < names.count && !names[column].isEmpty ? names[column] : "column \(column + 1)"
  }

  /// - Parameter isOnly: whether the file has no other header.
  init(
    _ block: DigitisedTable.Block, content: DigitisedTable.Content, isOnly: Bool, file: String
  ) throws(TrialDataError) {
    let width = block.width
    func padded(_ cells: [String]) -> [String] { cells + [String](repeating: "", count: max(0, width - cells.count)) }
    names = padded(block.headers.last ?? []).map { String($0.drop { $0 == "#" || $0 == " " }) }
    let groups = block.headers.count > 1 ? padded(block.headers[0]) : nil
    let keys = names.map(DigitisedLayout.key)
    arm = keys.firstIndex { DigitisedLayout.armNames.contains($0) }
    // A curve may be named treatment.
    if let named = arm, keys[named] == "treatment", !keys.contains(where: { DigitisedLayout.isValue($0, content) }),
      block.rows.allSatisfy({ named >= $0.cells.count || DelimitedRecords.number($0.cells[named]) != nil })
    {
      arm = nil
    }
    guard !block.headers.isEmpty else {
      try placeWithoutHeader(block, width, content, file)
      return
    }
    let times = keys.indices.filter { $0 != arm && DigitisedLayout.isTime(keys[$0]) }
    let others = keys.indices.filter { $0 != arm }
    // Beside other curves S or N may be the name of one.
    let values = others.filter {
      DigitisedLayout.isValue(keys[$0], content)
        || (others.count == 2 && isOnly && DigitisedLayout.isLetter(keys[$0], content))
    }

    if content == .censorMarks || arm != nil || (times.count == 1 && values.count == 1) {
      guard let time = times.first ?? others.first else { throw DigitisedLayout.shape(file, content) }
      let value = values.first ?? others.first { $0 != time && times.count <= 1 }
      guard content == .censorMarks || value != nil else { throw DigitisedLayout.shape(file, content) }
      columns = [
        Column(
          name: groups.flatMap { DigitisedLayout.name($0[time]) }, time: time,
          value: content == .censorMarks ? nil : value)
      ]
      unused = others.filter { $0 != time && $0 != value && !names[$0].isEmpty }.map { names[$0] }
    } else if width > 1, width % 2 == 0, DigitisedLayout.isPaired(keys) {
      columns = stride(from: 0, to: width, by: 2).map { first in
        // The name stands over the pair, or is the heading of its values, or of the pair where only pairs have one.
        let heading = keys[first + 1].isEmpty ? names[first] : names[first + 1]
        let key = DigitisedLayout.key(heading)
        let isPlain =
          DigitisedLayout.isValue(key, content) || (keys[first + 1].isEmpty && DigitisedLayout.isTime(key))
          || (DigitisedLayout.isLetter(key, content) && ((width == 2 && isOnly) || key == "y"))
        let own = isPlain ? nil : DigitisedLayout.name(heading)
        let group = groups.flatMap { DigitisedLayout.name($0[first]) ?? DigitisedLayout.name($0[first + 1]) }
        return Column(name: group ?? own ?? (width > 2 ? "curve \(first / 2 + 1)" : nil), time: first, value: first + 1)
      }
    } else {
      isWide = true
      let time = times.first ?? 0
      columns = others.filter { $0 != time && !names[$0].isEmpty }.map {
        Column(name: names[$0], time: time, value: $0)
      }
      // A curve may be named T.
      guard !columns.isEmpty, times.dropFirst().allSatisfy({ keys[$0].count == 1 }) else {
        throw DigitisedLayout.shape(file, content)
      }
    }
  }

  private mutating func placeWithoutHeader(
    _ block: DigitisedTable.Block, _ width: Int, _ content: DigitisedTable.Content, _ file: String
  ) throws(TrialDataError) {
    let texts = (0..<width).filter { column in
      block.rows.allSatisfy { column < $0.cells.count && DelimitedRecords.number($0.cells[column]) == nil }
    }
    if texts.count == 1 { arm = texts[0] }
    let others = (0..<width).filter { $0 != arm }
    guard others.count == 2 || (content == .censorMarks && others.count == 1) else {
      throw DigitisedLayout.shape(file, content)
    }
    columns = [Column(name: nil, time: others[0], value: content == .censorMarks ? nil : others[1])]
  }

  private static func shape(_ file: String, _ content: DigitisedTable.Content) -> TrialDataError {
    let value = content == .readings ? "survival" : "n"
    let form =
      content == .censorMarks
      ? "one column of times is needed, with a column arm where there are several arms"
      : "two columns are needed, time and \(value), with a column arm where there are several arms; or a column of times "
        + "and one per arm, or a pair of columns per arm, under a header with their names"
    return TrialDataError(.data, file: file, form)
  }

  /// Whether each even column holds the times of the next: all of one name, or alone named.
  private static func isPaired(_ keys: [String]) -> Bool {
    let pairs = stride(from: 0, to: keys.count, by: 2)
    return (isTime(keys[0]) && pairs.allSatisfy { keys[$0] == keys[0] }) || pairs.allSatisfy { keys[$0 + 1].isEmpty }
  }

  // MARK: Names

  private static func name(_ text: String) -> String? { text.isEmpty ? nil : text }

  /// Letters and digits in lower case: "Survival (%)" is survival.
  static func key(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static let armNames: Set<String> = ["arm", "group", "treatment", "dataset"]

  private static func isTime(_ key: String) -> Bool {
    let units = ["day", "week", "month", "year"]
    return ["x", "t", "trisk"].contains(key) || key.hasPrefix("time") || units.contains { key == $0 || key == $0 + "s" }
  }

  private static func isValue(_ key: String, _ content: DigitisedTable.Content) -> Bool {
    switch content {
    case .readings:
      return isFailure(key)
        || ["st", "surv", "survival", "survivalprobability", "probability", "percent"].contains(key)
    case .atRisk: return ["nrisk", "atrisk", "natrisk", "numberatrisk"].contains(key)
    case .censorMarks: return false
    }
  }

  /// Whether a heading of one letter stands for the values.
  private static func isLetter(_ key: String, _ content: DigitisedTable.Content) -> Bool {
    switch content {
    case .readings: ["y", "s"].contains(key)
    case .atRisk: ["y", "n"].contains(key)
    case .censorMarks: false
    }
  }

  /// Whether a heading names the probability of having had the event.
  static func isFailure(_ key: String) -> Bool {
    ["failure", "incidence", "cumulativeincidence"].contains(key)
  }
}
