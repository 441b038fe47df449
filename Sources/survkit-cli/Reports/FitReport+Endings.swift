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
    var rest = endings[...]
    while let first = rest.first {
      let list = rest.prefix { $0.isEvent == first.isEvent && $0.column == first.column }
      rest = rest.dropFirst(list.count)
      let name = "\(first.isEvent ? "Event" : "Censored"), \(first.column)"
      let shown = list.count > FitReport.shownTexts + 1 ? list.prefix(FitReport.shownTexts) : list
      rows += shown.map { ["\(name)\($0.text.map { ": \($0)" } ?? " not given")"] + $0.counts.map(countText) }
      let others = list.dropFirst(shown.count)
      if !others.isEmpty {
        let sums = (loaded.arms?.labels.indices ?? 0..<1).map { arm in others.reduce(0) { $0 + $1.counts[arm] } }
        rows.append(["\(name): \(others.count) other texts"] + sums.map(countText))
      }
    }
    return rows
  }
}

extension EndingCount {
  /// Counts in the order of the curves.
  var json: JSONValue {
    var object = JSONObject()
    object.add("is_event", isEvent)
    object.add("column", column)
    object.add("has_text", text != nil)
    if let text { object.add("text", text) }
    object.add("n", counts)
    return object.value
  }
}
