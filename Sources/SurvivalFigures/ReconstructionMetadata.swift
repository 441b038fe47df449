internal import Charts
internal import Survival

extension ReconstructionLayout {
  /// The sentence for a reader who cannot see the figure.
  var summary: String {
    let arms = zip(labels, figure.arms).map { label, arm in
      let missed = arm.atRisk.filter { $0.printed != $0.rebuilt }.count
      let largest = arm.readings.map(\.gap.magnitude).max()
      return "\(label) (\(arm.curve.count) rows, \(RiskTable.countText(arm.curve.table.totalEvents)) events, "
        + (largest.map { "\(arm.readings.count) readings missed by at most \(decimalText($0, places: 4)), " }
          ?? "no readings, ")
        + (arm.atRisk.isEmpty ? "no numbers at risk)" : "\(missed) of \(arm.atRisk.count) numbers at risk missed)")
    }
    return "Readings over the curves of rebuilt rows, and the gaps between them: \(arms.joined(separator: "; "))."
  }

  /// The numbers drawn as one JSON object: steps, readings with their gaps, numbers at risk. Thinned as the drawing is; `count`
  /// is the number of readings given.
  func metadata() -> String {
    let places = timePlaces(ticks.end)
    func times(_ values: [Double]) -> String { jsonArray(values.map { jsonNumber($0, places: places) }) }
    func values(_ values: [Double]) -> String { jsonArray(values.map { jsonNumber($0, places: 5) }) }
    func counts(_ values: [Int]) -> String { jsonArray(values.map(String.init)) }
    let arms = cells.map { cell -> String in
      let arm = figure.arms[cell.arm]
      return jsonObject([
        ("label", jsonString(arm.label)), ("subjects", String(arm.curve.count)),
        ("events", jsonNumber(arm.curve.table.totalEvents, places: 4)),
        ("end", jsonNumber(cell.curve.end, places: places)),
        ("time", times(cell.curve.steps.map(\.time))), ("value", values(cell.curve.steps.map(\.value))),
        ("readingError", jsonNumber(arm.readingError, places: 6)), ("gapReach", jsonNumber(cell.gapReach, places: 4)),
        (
          "readings",
          jsonObject([
            ("count", String(arm.readings.count)), ("time", times(cell.marks.map(\.time))),
            ("survival", values(cell.marks.map(\.survival))), ("gap", values(cell.marks.map(\.gap))),
          ])
        ),
        (
          "atRisk",
          jsonObject([
            ("time", times(arm.atRisk.map(\.time))), ("printed", counts(arm.atRisk.map(\.printed))),
            ("rebuilt", counts(arm.atRisk.map(\.rebuilt))),
            ("exact", jsonArray(arm.atRisk.map { $0.isExact ? "true" : "false" })),
          ])
        ), ("findings", jsonArray(arm.findings.map(jsonString))),
      ])
    }
    return jsonObject([
      ("figure", jsonString("reconstruction")), ("timeLabel", jsonString(figure.timeLabel)),
      ("arms", jsonArray(arms)), ("ticks", times(ticks.values)),
    ])
  }
}
