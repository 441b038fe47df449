internal import Reporting
internal import Survival
internal import TrialData

/// How rows ended, counted by arm, where the data say so (docs/methods/adam.md).
extension FitReport {
  /// Texts of one list that a table shows; the rest is one row.
  private static let shownTexts = 12

  /// A table under its heading; nothing where the data do not say how rows ended.
  var endingBlocks: [ReportDocument.Block] {
    if endings.isEmpty { return [] }
    return [.heading("How observation ended"), .table(endingRows)]
  }

  private var endingRows: [[String]] {
    var rows = [[""] + (loaded.arms?.labels ?? ["All"])]
    var rest = releasedEndings[...]
    while let first = rest.first {
      let list = rest.prefix { $0.isEvent == first.isEvent && $0.column == first.column }
      rest = rest.dropFirst(list.count)
      let name = "\(first.isEvent ? "Event" : "Censored"), \(first.column)"
      let shown = list.count > FitReport.shownTexts + 1 ? list.prefix(FitReport.shownTexts) : list
      rows += shown.map {
        ["\(name)\($0.text.map { ": \($0)" } ?? " not given")"] + $0.counts.map { $0.map(countText) ?? "withheld" }
      }
      let others = list.dropFirst(shown.count)
      if !others.isEmpty {
        let sums = (loaded.arms?.labels.indices ?? 0..<1).map { arm in
          others.reduce(0.0 as Double?) { sum, ending in sum.flatMap { sum in ending.counts[arm].map { sum + $0 } } }
        }
        rows.append(["\(name): \(others.count) other texts"] + sums.map { $0.map(countText) ?? "withheld" })
      }
    }
    return rows
  }
}

/// How rows ended, with the counts that are withheld left out.
struct ReleasedEnding {
  let isEvent: Bool
  let column: String
  let text: String?
  /// Per arm; nil where withheld.
  let counts: [Double?]

  /// Each list of texts adds up to an arm's events or censored, so that of each list and arm the cells are withheld together.
  static func list(_ endings: [EndingCount], _ rule: SmallCellRule?) -> [ReleasedEnding] {
    var released = endings.map {
      ReleasedEnding(isEvent: $0.isEvent, column: $0.column, text: $0.text, counts: $0.counts)
    }
    guard let rule else { return released }
    let lists = Dictionary(grouping: endings.indices) { ["\(endings[$0].isEvent)", endings[$0].column] }
    for places in lists.values {
      for arm in endings[places[0]].counts.indices {
        let withheld = rule.withheld(places.map { endings[$0].counts[arm] })
        for (place, isWithheld) in zip(places, withheld) where isWithheld {
          var counts = released[place].counts
          counts[arm] = nil
          released[place] = ReleasedEnding(
            isEvent: released[place].isEvent, column: released[place].column, text: released[place].text, counts: counts
          )
        }
      }
    }
    return released
  }

  /// Counts in the order of the curves.
  func json(_ reason: String) -> JSONValue {
    var object = JSONObject()
    object.add("is_event", isEvent)
    object.add("column", column)
    object.add("has_text", text != nil)
    if let text { object.add("text", text) }
    object.add("n", counts) { _ in reason }
    return object.value
  }
}
