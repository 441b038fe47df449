internal import LinearAlgebra
internal import Reporting
internal import Survival

// The largest of several tests, margins, permutations and survival at chosen times, as text and as JSON.

extension MaxComboTest {
  /// "0,0;0,1;1,1;1,0".
  var componentNames: String {
    weightings.map { weighting in
      guard case .flemingHarrington(let rho, let gamma) = weighting else { return weighting.name }
      return "\(NumberText.plain(rho)),\(NumberText.plain(gamma))"
    }.joined(separator: ";")
  }
}

extension TestReport {
  func maxComboRows(_ position: Int) -> [[String]] {
    let test = maxCombos[position]
    var rows = [["", "z", "p"]]
    for (k, weighting) in test.weightings.enumerated() {
      rows.append([weighting.name + (k == test.largest ? " (the largest)" : ""), NumberText.fixed(test.z[k], 3), ""])
    }
    rows.append([
      "Maximum, \(alternative.rawValue)", NumberText.fixed(test.statistic, 3), NumberText.p(test.p),
    ])
    let place = tests.count + position
    if place < permutations.count {
      rows.append([
        "Maximum, by permutation", NumberText.fixed(permutations[place].statistic, 3),
        NumberText.p(permutations[place].p),
      ])
    }
    return rows
  }

  func marginLines(_ margin: MarginTest) -> [String] {
    let ratio = margin.hazardRatio
    let pair = "\(labels[1]) against \(labels[0])"
    let sign = margin.alternative == .less ? "below" : "above"
    return [
      "Margin \(NumberText.plain(margin.margin)): is the hazard ratio, \(pair)\(loaded.stratifiedBy), \(sign) it?",
      "Score test (Cox, \(margin.ties.rawValue) ties, offset ln(margin)): z \(NumberText.fixed(margin.scoreZ, 3)), "
        + "one-sided p \(NumberText.pEquation(margin.scoreP))",
      "Wald test: z \(NumberText.fixed(margin.waldZ, 3)), one-sided p \(NumberText.pEquation(margin.waldP)); hazard ratio "
        + ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence),
    ]
  }

  var landmarkRows: [[String]] {
    guard !landmarks.isEmpty else { return [] }
    let isOneSided = alternative != .twoSided
    return [
      [
        "S(t), arm minus \(labels[0])", "\(labels[0])", "arm", "Difference", "\(confidence.percent) CI", "p",
        "p (log-log)",
      ] + (isOneSided ? ["One-sided p"] : [])
    ]
      + landmarks.flatMap { comparisons in
        comparisons.enumerated().map { position, found in
          func fixed(_ value: Double) -> String { NumberText.fixed(value, 4) }
          func survival(_ point: LandmarkSurvival) -> String {
            point.isBeyondLastObservation ? "NE" : fixed(point.survival)
          }
          return [
            "\(labels[position + 1]) at \(NumberText.plain(found.time))", survival(found.first), survival(found.second),
            fixed(found.difference), "\(fixed(found.lower)) to \(fixed(found.upper))", NumberText.p(found.p),
            NumberText.p(found.complementaryLogLogP),
          ] + (isOneSided ? [NumberText.p(found.p(alternative))] : [])
        }
      }
  }

  var landmarkValues: JSONValue {
    .array(
      landmarks.flatMap { comparisons in
        comparisons.enumerated().map { position, found in
          let reason = "a curve has no variance at this time: it is 0, or the time lies beyond its last observation"
          var object = JSONObject()
          object.add("time", found.time)
          object.add("a", loaded.arms?.labels[0] ?? "")
          object.add("b", loaded.arms?.labels[position + 1] ?? "")
          let isBeyond = (found.first.isBeyondLastObservation, found.second.isBeyondLastObservation)
          object.add("surv_a", isBeyond.0 ? nil : found.first.survival, ifNone: "beyond the last observation")
          object.add("surv_b", isBeyond.1 ? nil : found.second.survival, ifNone: "beyond the last observation")
          object.add("difference", found.difference, ifNone: reason)
          object.add("se", found.standardError, ifNone: reason)
          object.add("lower", found.lower, ifNone: reason)
          object.add("upper", found.upper, ifNone: reason)
          object.add("z", found.z, ifNone: reason)
          object.add("p", found.p, ifNone: reason)
          object.add("cloglog_z", found.complementaryLogLogZ, ifNone: "a curve is 0 or 1 at this time, or has ended")
          object.add("cloglog_p", found.complementaryLogLogP, ifNone: "a curve is 0 or 1 at this time, or has ended")
          if alternative != .twoSided {
            object.add("one_sided_p", found.p(alternative), ifNone: reason)
            object.add("alternative", alternative.rawValue)
          }
          return object.value
        }
      })
  }
}

extension JSONValue {
  init(_ test: MaxComboTest, permutation: PermutationTest?) {
    var object = JSONObject()
    let reason = "no variance: nothing is compared"
    object.add("test", "maxcombo")
    object.add("groups", test.labels)
    object.add("components", test.weightings.map(\.name))
    object.add("z", test.z, ifNone: reason)
    object.add("correlation", rows: test.correlation.rowArrays, ifNone: reason)
    object.add("alternative", test.alternative.rawValue)
    object.add("statistic", test.statistic, ifNone: reason)
    if let largest = test.largest { object.add("largest", test.weightings[largest].name) }
    object.add("p", test.p, ifNone: reason)
    object.add("p_error", test.pError, ifNone: reason)
    if let permutation { object.add("permutation", JSONValue(permutation)) }
    self = object.value
  }

  init(_ test: PermutationTest) {
    var object = JSONObject()
    let reason = "every assignment of the rows to the arms is the same"
    object.add("alternative", test.alternative.rawValue)
    object.add("permutations", test.permutations)
    object.add("seed", "\(test.seed)")
    object.add("statistic", test.statistic, ifNone: reason)
    object.add("at_least_as_extreme", test.extreme)
    object.add("p", test.p, ifNone: reason)
    object.add("p_se", test.standardErrorOfP, ifNone: reason)
    self = object.value
  }

  init(_ test: MarginTest) {
    var object = JSONObject()
    let reason = "the hazard ratio is not estimable"
    object.add("margin", test.margin)
    object.add("alternative", test.alternative.rawValue)
    object.add("ties", test.ties.rawValue)
    object.add("score_z", test.scoreZ, ifNone: "the arms are never at risk together at an event")
    object.add("score_p", test.scoreP, ifNone: "the arms are never at risk together at an event")
    object.add("wald_z", test.waldZ, ifNone: reason)
    object.add("wald_p", test.waldP, ifNone: reason)
    object.add("hr", test.hazardRatio.estimate, ifNone: reason)
    object.add("hr_lower", test.hazardRatio.lower, ifNone: reason)
    object.add("hr_upper", test.hazardRatio.upper, ifNone: reason)
    self = object.value
  }
}
