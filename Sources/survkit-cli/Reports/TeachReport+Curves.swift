internal import Reporting
internal import Survival

// The first half of a lesson: rows, risk sets, the curve with its errors, the median.

/// What is shown of a list that may be long: its beginning and its end.
struct Excerpt {
  var first: Int
  var last: Int

  /// Forty lines of a table.
  static let lines = Excerpt(first: 28, last: 12)
  /// 120 subjects of an arm.
  static let subjects = Excerpt(first: 90, last: 30)

  /// The elements shown, with the number left out where they are left out; whole where the list is not longer than that.
  func of<Element>(_ list: [Element]) -> (first: [Element], leftOut: Int, last: [Element]) {
    guard list.count > first + last else { return (list, 0, []) }
    return (Array(list.prefix(first)), list.count - first - last, Array(list.suffix(last)))
  }

  /// Rows of a table, with a row that says how many are left out.
  func rows(_ rows: [[String]]) -> [[String]] {
    let (first, leftOut, last) = of(rows)
    guard leftOut > 0 else { return rows }
    let blank = [String](repeating: "", count: max(0, (rows.first?.count ?? 1) - 1))
    return first + [["… \(leftOut) more"] + blank] + last
  }
}

extension TeachReport {
  /// The decimals of probabilities, expected events and variances.
  static let decimals = 4

  func fixed(_ value: Double?, _ decimals: Int = TeachReport.decimals) -> String {
    guard let value, value.isFinite else { return "–" }
    return NumberText.fixed(value, decimals)
  }

  // MARK: Rows

  /// "6, 6, 6, 6+, 7": the subjects of an arm by time; "2–6+" for one who entered at 2.
  func subjects(ofArm arm: Int) -> [String] {
    let data = loaded.data
    return rows(ofArm: arm).map { row in
      let entry = data.entry.map { loaded.timeText($0[row]) + "–" } ?? ""
      return entry + loaded.timeText(data.time[row]) + (data.isEvent[row] ? "" : "+")
    }
  }

  private func subjectLines(_ arm: Int) -> [String] {
    let (first, leftOut, last) = Excerpt.subjects.of(subjects(ofArm: arm))
    let words = first + (leftOut > 0 ? ["… (\(leftOut) more) …"] : []) + last
    var lines = [""]
    for (position, word) in words.enumerated() {
      let piece = word + (position + 1 < words.count ? "," : "")
      if lines[lines.count - 1].count + piece.count > 90 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + piece
    }
    return lines
  }

  var rowsPart: ReportDocument {
    var part = ReportDocument()
    part.add(.section(2, "1. The rows of each arm in order of time"))
    for (arm, curve) in curves.enumerated() {
      part.add(.heading("\(labels[arm]): \(loaded.sizeText(curve))"))
      part.add(.lines(subjectLines(arm)))
    }
    var notes = ["+ marks a censored subject: no event up to that time, nothing known afterwards."]
    if loaded.data.entry != nil { notes.append("2–6 is a subject at risk from after 2 up to 6, and not before.") }
    if let tie = firstTieOfBoth {
      notes.append(
        "At one time events stand before censorings: \(tie)+ comes after \(tie). Who is censored at \(tie) was still under "
          + "observation when the event happened and counts among those at risk at \(tie).")
    }
    part.add(.lines(notes))
    return part
  }

  /// The first time at which an arm has both an event and a censoring.
  private var firstTieOfBoth: String? {
    for curve in curves {
      if let k = curve.table.time.indices.first(where: { curve.table.events[$0] > 0 && curve.table.censored[$0] > 0 }) {
        return loaded.timeText(curve.table.time[k])
      }
    }
    return nil
  }

  // MARK: Curve

  var curvesIntroduction: ReportDocument {
    var part = ReportDocument()
    part.add(.section(2, "2. Risk sets and the Kaplan-Meier curve"))
    part.add(
      .list([
        "Of n at risk just before t, d have the event at t: a factor 1 − d/n, the chance to get past t.",
        "S(t) is the product of the factors up to t (Kaplan & Meier 1958, J Am Stat Assoc 53:457).",
        "Greenwood's sum of d/(n(n − d)) up to t is the variance of ln S(t); se = S(t) × √sum (Greenwood 1926).",
        "Between event times nothing changes. A censored subject takes no step down: it is missing from the next n.",
      ]))
    return part
  }

  static let curveHeader = [
    "t", "at risk n", "events d", "censored", "1 − d/n", "S(t)", "d/(n(n−d))", "sum", "se", "lower", "upper",
  ]

  /// The start and then a row per event time.
  func curveRows(_ curve: KaplanMeier) -> [[String]] {
    let start = loaded.data.entry == nil ? countText(curve.table.atRisk.first ?? 0) : "–"
    return [
      ["start", start, "0", countText(curve.censoredBeforeFirstEvent), "", fixed(1), "", fixed(0), fixed(0), "", ""]
    ]
      + curve.steps.map { step in
        [
          loaded.timeText(step.time), countText(step.atRisk), countText(step.events), countText(step.censored),
          fixed(step.factor), fixed(step.survival), fixed(step.greenwoodTerm, 5), fixed(step.greenwoodSum, 5),
          fixed(step.standardError), fixed(step.lower), fixed(step.upper),
        ]
      }
  }

  func curvePart(_ arm: Int) -> ReportDocument {
    var part = ReportDocument()
    part.add(.heading(labels[arm]))
    part.add(.table([TeachReport.curveHeader] + Excerpt.lines.rows(curveRows(curves[arm]))))
    part.add(.list(curveRemarks(arm)))
    return part
  }

  /// What is read off the table of an arm, with the numbers put in.
  func curveRemarks(_ arm: Int) -> [String] {
    let curve = curves[arm]
    var lines = [
      loaded.data.entry == nil
        ? "censored: from t up to the next event time, so that the next n is n − d − censored."
        : "censored: from t up to the next event time; the next n is n − d − censored and those who have entered since."
    ]
    if let step = workedStep(curve) {
      lines.append(
        "At \(loaded.timeText(step.time)): se = \(fixed(step.survival)) × √\(fixed(step.greenwoodSum, 5)) = "
          + fixed(step.standardError) + ".")
      lines.append(intervalSentence(step))
    }
    if curve.steps.last?.survival == 0 {
      lines.append(
        "At the last event time d = n: S(t) = 0, and Greenwood's term would divide by 0, so that there is no se.")
    }
    lines += readings(curve) + medianLines(curve)
    return lines
  }

  /// The row whose interval is worked out: that of the first of `--times`, else the middle one with 0 < S(t) < 1.
  private func workedStep(_ curve: KaplanMeier) -> KaplanMeier.Step? {
    let steps = curve.steps.filter { $0.survival > 0 && $0.lower.isFinite }
    let asked = fit.landmarkTimes.first.flatMap { time in steps.last { $0.time <= time } }
    return asked ?? (steps.isEmpty ? nil : steps[steps.count / 2])
  }

  private func intervalSentence(_ step: KaplanMeier.Step) -> String {
    let (s, z) = (fixed(step.survival), fixed(confidence.z))
    let root = "√\(fixed(step.greenwoodSum, 5))"
    let limits = "\(fixed(step.lower)) to \(fixed(step.upper))"
    let worked =
      switch confidence.transform {
      case .plain: "S ± z se = \(s) ± \(z) × \(fixed(step.standardError))"
      case .log: "exp(ln S ± z √sum) = exp(ln \(s) ± \(z) × \(root))"
      case .logLog:
        "exp(−exp(ln(−ln S) ± z √sum / −ln S)) = exp(−exp(ln(−ln \(s)) ± \(z) × \(root) / −ln \(s)))"
      case .logit:
        "with L = ln(S/(1 − S)), 1/(1 + exp(−(L ± z √sum/(1 − S)))) = 1/(1 + exp(−(ln(\(s)/(1 − \(s))) ± \(z) × \(root)/(1 − \(s)))))"
      case .arcsin:
        "sin²(arcsin √S ± z/2 √sum √(S/(1 − S))) = sin²(arcsin √\(s) ± \(z)/2 × \(root) × √(\(s)/(1 − \(s))))"
      }
    return
      "\(confidence.percent) CI, scale \(confidence.transform.rawValue), z = \(z): \(worked), limits kept within 0 and 1: \(limits) "
      + "(Klein & Moeschberger 2003, section 4.3)."
  }

  /// S(t) at the times asked for.
  private func readings(_ curve: KaplanMeier) -> [String] {
    curve.landmarks(fit.landmarkTimes).map { point in
      let time = NumberText.plain(point.time)
      if point.isBeyondLastObservation { return "S(\(time)): beyond the last observation, not read." }
      let last = curve.steps.last { $0.time <= point.time }
      let from =
        last.map { "the last event time up to \(time) is \(loaded.timeText($0.time))" } ?? "no event up to \(time)"
      return
        "S(\(time)) = \(fixed(point.survival)) (\(confidence.percent) CI \(fixed(point.lower)) to \(fixed(point.upper))): \(from)."
    }
  }

  private func medianLines(_ curve: KaplanMeier) -> [String] {
    let rule =
      switch fit.convention.quantileRule {
      case .r: "the first time with S(t) < 0.5, or the middle of a stretch with S(t) = 0.5, also of one to the end"
      case .sas:
        "the first time with S(t) < 0.5, or the middle of a stretch with S(t) = 0.5, not estimable when it runs to the end"
      case .stata: "the first time with S(t) <= 0.5"
      }
    let found: String
    if let flat = curve.flatStretch(at: 0.5) {
      found =
        "S(t) = 0.5 from \(loaded.timeText(flat.start)) to "
        + (flat.runsToTheEnd ? "the end at " : "the next event at ") + loaded.timeText(flat.end)
    } else if let k = curve.survival.firstIndex(where: { $0 < 0.5 }) {
      let before = k > 0 ? curve.survival[k - 1] : 1
      found = "S(t) falls from \(fixed(before)) to \(fixed(curve.survival[k])) at \(loaded.timeText(curve.time[k]))"
    } else {
      found = "S(t) never falls to 0.5; its last value is \(fixed(curve.survival.last ?? 1))"
    }
    let text = loaded.quantileText(curve, 0.5, rule: fit.convention.quantileRule)
    return [
      "Median by the rule of \(fit.convention.rawValue), \(rule): \(found).",
      "Median (\(confidence.percent) CI): \(text). Its limits are read off the columns lower and upper"
        + (fit.convention == .sas ? ": the times whose interval holds 0.5, the upper end open." : " by the same rule.")
        + (text.contains("NR") ? " NR: not reached." : ""),
    ]
  }
}
