internal import Charts
internal import Survival

/// The numbers under the time axis: for each arm, one or three rows with a cell per tick.
struct RiskTable {
  struct Row {
    /// Which arm it belongs to.
    let arm: Int
    /// What its numbers are, where an arm has several rows.
    let label: String?
    /// nil where the number is not known.
    let values: [Double?]
    /// Numbers in brackets after the values, where the mode has them.
    let bracketed: [Double]?

    var cells: [String] {
      values.indices.map { k in
        let value = RiskTable.countText(values[k])
        return bracketed.map { "\(value) (\(RiskTable.countText($0[k])))" } ?? value
      }
    }
  }

  let title: String
  let rows: [Row]

  init(_ arms: [CurvePlot.TableArm], ticks: [Double], mode: KaplanMeierFigure.RiskTableMode) {
    switch mode {
    case .none: title = ""
    case .atRisk: title = "Number at risk"
    case .atRiskCensored: title = "Number at risk (number censored)"
    case .kmunicate: title = "Numbers at each time"
    }
    rows = arms.enumerated().flatMap { index, arm -> [Row] in
      let table = arm.table
      let atRisk = ticks.map { tick -> Double? in
        let n = table.numberAtRisk(at: tick)
        return n.isNaN ? nil : n
      }
      // Strictly before the tick: whoever has the event at the tick is still at risk there.
      let censored = RiskTable.sums(of: table.censored, before: ticks, times: table.time)
      switch mode {
      case .none:
        return []
      case .atRisk:
        return [Row(arm: index, label: nil, values: atRisk, bracketed: nil)]
      case .atRiskCensored:
        return [Row(arm: index, label: nil, values: atRisk, bracketed: censored)]
      case .kmunicate:
        let events = RiskTable.sums(of: table.events, before: ticks, times: table.time)
        return [
          Row(arm: index, label: "At risk", values: atRisk, bracketed: nil),
          Row(arm: index, label: "Censored", values: censored.map { $0 }, bracketed: nil),
          Row(arm: index, label: "Events", values: events.map { $0 }, bracketed: nil),
        ]
      }
    }
  }

  /// A text no cell of the table is wider than, known before the ticks are.
  static func widestCell(_ arms: [CurvePlot.TableArm], mode: KaplanMeierFigure.RiskTableMode) -> String {
    guard mode != .none else { return "" }
    var widest = ""
    for arm in arms {
      let table = arm.table
      let largest = countText(max(table.atRisk.max() ?? 0, table.totalEvents, table.totalCensored))
      let text = mode == .atRiskCensored ? "\(largest) (\(countText(table.totalCensored)))" : largest
      if text.utf8.count > widest.utf8.count { widest = text }
    }
    // Weighted counts have a decimal, which a sum may happen not to show.
    let isWhole = arms.allSatisfy { arm in arm.table.atRisk.allSatisfy { $0 == $0.rounded() } }
    return isWhole ? widest : widest + ".0"
  }

  /// A count: whole, or with one decimal where case weights make it a sum of fractions; "–" where it is not known.
  static func countText(_ value: Double?) -> String { value.map { decimalText($0, places: 1) } ?? "–" }

  /// Sums of `counts` over the times before each tick; both ascending.
  private static func sums(of counts: [Double], before ticks: [Double], times: [Double]) -> [Double] {
    var sum = 0.0
    var next = 0
    return ticks.map { tick in
      while next < times.count, times[next] < tick {
        sum += counts[next]
        next += 1
      }
      return sum
    }
  }
}
