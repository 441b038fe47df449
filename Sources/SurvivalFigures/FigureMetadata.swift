internal import Charts
internal import Survival

extension FigureLayout {
  /// The sentence for a reader who cannot see the figure.
  var summary: String {
    if !figure.summary.isEmpty { return displayText(figure.summary) }
    let kind =
      switch figure.options.measure {
      case .survival: "Kaplan–Meier curves"
      case .cumulativeIncidence: "Cumulative incidence (1 minus Kaplan–Meier)"
      case .cumulativeHazard: "Cumulative hazards (Nelson–Aalen)"
      case .logMinusLog: "log(−log S) of Kaplan–Meier curves against time on a logarithmic axis"
      }
    let arms = zip(labels, figure.arms).map { label, arm in
      "\(label) (\(RiskTable.countText(arm.curve.table.totalEvents)) events, \(arm.curve.count) subjects)"
    }
    return "\(kind) of \(arms.joined(separator: "; ")) by \(displayText(figure.timeLabel))."
  }

  /// The plotted numbers as one JSON object: each arm's drawn steps with their limits (null where not defined), the last
  /// time drawn, and the table. Values of the curve have 5 decimals, times 6 significant digits or more.
  func metadata() -> String {
    let places = timePlaces(ticks.end)
    func time(_ value: Double) -> String { jsonNumber(value, places: places) }
    func value(_ value: Double) -> String { jsonNumber(value, places: 5) }
    let arms = figure.arms.indices.map { k in
      let arm = figure.arms[k]
      let curve = curves[k]
      return jsonObject([
        ("label", jsonString(arm.label)), ("subjects", String(arm.curve.count)),
        ("events", jsonNumber(arm.curve.table.totalEvents, places: 4)), ("end", time(curve.end)),
        ("time", jsonArray(curve.steps.map { time($0.time) })),
        ("value", jsonArray(curve.steps.map { value($0.value) })),
        ("lower", jsonArray(curve.steps.map { value($0.lower) })),
        ("upper", jsonArray(curve.steps.map { value($0.upper) })),
      ])
    }
    let rows = table.rows.map { row in
      var members = [
        ("arm", jsonString(figure.arms[row.arm].label)), ("count", jsonString(row.label ?? "At risk")),
        ("values", jsonArray(row.values.map { jsonNumber($0 ?? .nan, places: 4) })),
      ]
      if let bracketed = row.bracketed {
        members.append(("censored", jsonArray(bracketed.map { jsonNumber($0, places: 4) })))
      }
      return jsonObject(members)
    }
    let confidence = figure.arms[0].curve.confidence
    return jsonObject([
      ("figure", jsonString("kaplan-meier")), ("measure", jsonString(figure.options.measure.rawValue)),
      ("timeLabel", jsonString(figure.timeLabel)), ("confidenceLevel", jsonNumber(confidence.level, places: 6)),
      ("confidenceTransform", jsonString(confidence.transform.rawValue)), ("arms", jsonArray(arms)),
      ("ticks", jsonArray(ticks.values.map(time))), ("riskTable", jsonArray(rows)),
    ])
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
