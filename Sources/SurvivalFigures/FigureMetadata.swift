internal import Charts
internal import Survival

extension FigureLayout {
  /// The sentence for a reader who cannot see the figure.
  var summary: String {
    if !plot.summary.isEmpty { return displayText(plot.summary) }
    let kind =
      switch plot.options.measure {
      case .survival: "Kaplan–Meier curves"
      case .cumulativeIncidence:
        plot.kind == "kaplan-meier"
          ? "Cumulative incidence (1 minus Kaplan–Meier)" : "Cumulative incidence (Aalen–Johansen)"
      case .cumulativeHazard: "Cumulative hazards (Nelson–Aalen)"
      case .logMinusLog: "log(−log S) of Kaplan–Meier curves against time on a logarithmic axis"
      }
    let arms = plot.tableArms.map { arm in
      "\(arm.label) (\(RiskTable.countText(arm.table.totalEvents)) events, \(arm.table.count) subjects)"
    }
    return "\(kind) of \(arms.joined(separator: "; ")) by \(displayText(plot.timeLabel))."
  }

  /// The plotted numbers as one JSON object; see `members`.
  func metadata() -> String { jsonObject(metadataMembers()) }

  /// Each curve's drawn steps with their limits (null where not defined), the last time drawn, the censoring times marked, and
  /// the table. Values of the curve have 5 decimals, times 6 significant digits or more.
  func metadataMembers() -> [(String, String)] {
    let places = timePlaces(ticks.end)
    func time(_ value: Double) -> String { jsonNumber(value, places: places) }
    func value(_ value: Double) -> String { jsonNumber(value, places: 5) }
    func steps(_ steps: [PlottedCurve.Step]) -> [(String, String)] {
      [
        ("time", jsonArray(steps.map { time($0.time) })), ("value", jsonArray(steps.map { value($0.value) })),
        ("lower", jsonArray(steps.map { value($0.lower) })), ("upper", jsonArray(steps.map { value($0.upper) })),
      ]
    }
    // A curve of an arm has its counts; one of several causes shares them with the others.
    let hasCounts = plot.series.count == plot.tableArms.count
    let arms = plot.series.indices.map { k in
      var members = [("label", jsonString(plot.series[k].label))]
      if hasCounts {
        members.append(("subjects", String(plot.tableArms[k].table.count)))
        members.append(("events", jsonNumber(plot.tableArms[k].table.totalEvents, places: 4)))
      }
      if curves[k].isJoined { members.append(("joined", "true")) }
      return jsonObject(members + [("end", time(curves[k].end))] + steps(curves[k].steps))
    }
    let rows = table.rows.map { row in
      var members = [
        ("arm", jsonString(plot.tableArms[row.arm].label)), ("count", jsonString(row.label ?? "At risk")),
        ("values", jsonArray(row.values.map { jsonNumber($0 ?? .nan, places: 4) })),
      ]
      if let bracketed = row.bracketed {
        members.append(("censored", jsonArray(bracketed.map { jsonNumber($0, places: 4) })))
      }
      return jsonObject(members)
    }
    var members = [
      ("figure", jsonString(plot.kind)), ("measure", jsonString(plot.options.measure.rawValue)),
      ("timeLabel", jsonString(plot.timeLabel)), ("confidenceLevel", jsonNumber(plot.confidence.level, places: 6)),
      ("confidenceTransform", jsonString(plot.confidence.transform.rawValue)), ("arms", jsonArray(arms)),
      ("ticks", jsonArray(ticks.values.map(time))), ("riskTable", jsonArray(rows)),
    ]
    if let difference {
      members.append(("difference", jsonObject([("end", time(difference.end))] + steps(difference.steps))))
    }
    if let horizon = plot.options.restrictedMeanHorizon { members.append(("horizon", time(horizon))) }
    return members
  }
}

/// Decimals of times on an axis that ends at `end`: six digits, far finer than a picture, far shorter than a Double.
func timePlaces(_ end: Double) -> Int {
  var places = 5
  var reach = end
  while reach >= 10, places > 1 {
    reach /= 10
    places -= 1
  }
  while reach < 1, places < 12, reach > 0 {
    reach *= 10
    places += 1
  }
  return places
}

/// A number of a figure's metadata; null where it is not defined.
func jsonNumber(_ value: Double, places: Int) -> String {
  value.isFinite ? decimalText(value, places: places) : "null"
}

func jsonArray(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }

func jsonObject(_ members: [(String, String)]) -> String {
  "{\(members.map { "\(jsonString($0)):\($1)" }.joined(separator: ","))}"
}
