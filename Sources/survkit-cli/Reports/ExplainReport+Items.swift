internal import Reporting
internal import Survival

// The numbers that `survkit explain` lays side by side, and why they differ.

extension ExplainReport {
  /// Estimates that agree to round-off are the same number.
  private static func areSame(_ values: [[Double?]]) -> Bool {
    values.dropFirst().allSatisfy { other in
      zip(values[0], other).allSatisfy { a, b in
        guard let a, let b, a.isFinite, b.isFinite else { return (a?.isFinite ?? false) == (b?.isFinite ?? false) }
        return abs(a - b) <= 1e-12 * max(abs(a), abs(b))
      }
    }
  }

  private static func interval(
    _ estimate: Double?, _ lower: Double?, _ upper: Double?, ifNone reason: String
  ) -> JSONValue {
    var object = JSONObject()
    object.add("estimate", estimate, ifNone: reason)
    object.add("lower", lower, ifNone: reason)
    object.add("upper", upper, ifNone: reason)
    return object.value
  }

  private var mergesTimes: Bool { results[0].data.mergedValues > 0 }

  var mergedTimes: [Item] {
    let merged = results.map(\.data.mergedValues)
    return [
      Item(
        name: "Near-equal times merged", kind: "merged_times", group: nil, cells: merged.map { "\($0)" },
        values: merged.map { .integer($0) },
        why: mergesTimes
          ? "times that differ by round-off only are one time in r (relative difference up to "
            + "\(TimeToEvent.defaultTieTolerance)); sas and stata take them as they stand, so that a tie may be split"
          : nil
      )
    ]
  }

  // MARK: Quantiles

  var allQuantiles: [Item] {
    labels.indices.flatMap { arm in probabilities.map { quantileItem(arm, $0) } }
  }

  private func quantileName(_ p: Double) -> String {
    p == 0.5 ? "Median" : "\(NumberText.plain((p * 1e8).rounded() / 1e6))% quantile"
  }

  private func quantileItem(_ arm: Int, _ p: Double) -> Item {
    let found = results.map { $0.curves[arm].quantile(p, rule: $0.convention.quantileRule) }
    let areSame = ExplainReport.areSame(found.map { [$0.estimate, $0.lower, $0.upper] })
    return Item(
      name: "\(quantileName(p)), \(labels[arm])", kind: "quantile", group: group(arm),
      cells: results.map { loaded.quantileText($0.curves[arm], p, rule: $0.convention.quantileRule) },
      values: zip(results, found).map { result, quantile in
        var object = JSONObject()
        object.add("prob", p)
        object.add(
          "estimate", quantile.estimate,
          ifNone: result.curves[arm].reaches(p)
            ? "not estimable: the curve stays at \(NumberText.plain(1 - p)) to the end of follow-up" : "not reached")
        object.add("lower", quantile.lower, ifNone: "not reached")
        object.add("upper", quantile.upper, ifNone: "not reached")
        return object.value
      }, why: areSame ? nil : quantileReason(arm, p, found))
  }

  private func quantileReason(_ arm: Int, _ p: Double, _ found: [SurvivalQuantile]) -> String {
    var parts: [String] = []
    if !ExplainReport.areSame(found.map { [$0.estimate] }) {
      let curve = results[0].curves[arm]
      if let flat = curve.flatStretch(at: p) {
        let stretch = "S(t) is \(NumberText.plain(1 - p)) from \(loaded.timeText(flat.start)) to "
        if flat.runsToTheEnd {
          parts.append(
            stretch
              + "the end of follow-up at \(loaded.timeText(flat.end)): r takes the midpoint (R's print, unlike its "
              + "quantile, the first time), sas asks for S(t) below that value, which never comes, stata takes the first "
              + "time with S(t) at or below it")
        } else {
          parts.append(
            stretch + "the next drop at \(loaded.timeText(flat.end)): r and sas take the midpoint, stata the first time"
          )
        }
      } else {
        parts.append("times that r merges and the others do not give the curves different steps")
      }
    }
    if !ExplainReport.areSame(found.map { [$0.lower, $0.upper] }) {
      parts.append(
        "limits: the same rule read off the interval of S(t), on the log scale in r, log-log in sas and stata")
    }
    return parts.joined(separator: "; ")
  }

  // MARK: S(t)

  var survivals: [Item] { labels.indices.flatMap { arm in times.map { survivalItem(arm, $0) } } }

  private func survivalItem(_ arm: Int, _ time: Double) -> Item {
    let points = results.map { $0.curves[arm].landmarks([time])[0] }
    let isBeyond = points[0].isBeyondLastObservation
    let numbers = points.map { point -> [Double?] in
      isBeyond ? [nil, nil, nil] : [point.survival, point.lower, point.upper]
    }
    let scales = "S(t) is the same; its interval is made on the log scale in r, on the log-log scale in sas and stata"
    let areSame = ExplainReport.areSame(numbers)
    let reason = isBeyond ? "beyond the last observation: not reported" : "not defined where S = 0 or 1"
    return Item(
      name: "S(\(NumberText.plain(time))), \(labels[arm])", kind: "survival", group: group(arm),
      cells: numbers.map { values in
        let text = values.map { NumberText.fixed($0, 4) }
        return isBeyond ? "NE" : "\(text[0]) (\(text[1]), \(text[2]))"
      },
      values: numbers.map { values in
        var object = JSONObject()
        object.add("time", time)
        object.add("surv", values[0], ifNone: reason)
        object.add("lower", values[1], ifNone: reason)
        object.add("upper", values[2], ifNone: reason)
        return object.value
      },
      why: areSame
        ? nil
        : ExplainReport.areSame(numbers.map { [$0[0]] }) ? scales : "near-equal times are merged by r only; " + scales
    )
  }

  // MARK: Hazard ratio

  var hazardRatios: [Item] {
    guard let arms, arms.count >= 2 else { return [] }
    // The j-th comparison of each convention: its j-th level that is not its reference.
    return (0..<(arms.count - 1)).map { hazardRatioItem($0, arms) }
  }

  private func hazardRatioItem(_ j: Int, _ arms: Grouping) -> Item {
    let names = results.map { result in arms.labels.filter { $0 != result.reference }[j] }
    let ratios = results.map { $0.cox?.hazardRatios(level: input.level)[j] }
    let numbers = ratios.map { [$0?.estimate, $0?.lower, $0?.upper] }
    let haveOneReference = Set(results.map(\.reference)).count == 1
    let haveNone = numbers.allSatisfy { $0[0]?.isFinite != true }
    let areSame = haveNone || haveOneReference && ExplainReport.areSame(numbers)
    let areTied = EventTable.tables(results[0].data)[0].eventRows.contains { $0 > 1 }
    var parts: [String] = []
    if !haveOneReference {
      parts.append(
        "the reference is the first level in r and stata, the last in sas, so that its ratio is turned over; --reference "
          + "names one for all")
    }
    if !haveOneReference || !ExplainReport.areSame(numbers) {
      parts.append(
        areTied
          ? "events at one time: Efron's method in r, Breslow's in sas and stata, which gives ratios nearer to 1"
          : "no two events share a time: Efron's and Breslow's methods agree")
    }
    return Item(
      name: "Hazard ratio" + (arms.count > 2 ? " \(j + 1)" : ""), kind: "hazard_ratio", group: nil,
      cells: results.indices.map { k in
        let reference = results[k].reference ?? ""
        if haveNone { return "NE" }
        let pair = "\(names[k]) / \(reference)"
        guard let ratio = ratios[k], ratio.estimate.isFinite else { return "\(pair): NE" }
        let (estimate, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
        return "\(pair): \(estimate) (\(lower), \(upper))"
      },
      values: results.indices.map { k in
        let reason = results[k].withoutFit ?? results[k].cox?.reasonWithoutEstimate(j) ?? "not estimable"
        return .members(
          ("level", .string(names[k])), ("reference", .string(results[k].reference ?? "")),
          ("ties", .string(results[k].convention.ties.rawValue)),
          ("hr", ExplainReport.interval(numbers[k][0], numbers[k][1], numbers[k][2], ifNone: reason)))
      }, why: areSame ? nil : parts.joined(separator: "; "))
  }

  // MARK: Restricted mean

  var restrictedMeans: [Item] { labels.indices.map(restrictedMeanItem) }

  private func restrictedMeanItem(_ arm: Int) -> Item {
    let means = results.map { result in
      result.convention.restrictedMeanHorizon(of: result.curves[arm].table).flatMap {
        try? RestrictedMean(result.curves[arm], tau: $0)
      }
    }
    return Item(
      name: "Restricted mean, \(labels[arm])", kind: "restricted_mean", group: group(arm),
      cells: zip(results, means).map { result, mean in
        mean.map { "\(NumberText.fixed($0.estimate, loaded.timeDecimals + 2)) to \(loaded.timeText($0.tau))" }
          ?? (result.convention == .r ? "when asked for" : "NE")
      },
      values: zip(results, means).map { result, mean in
        var object = JSONObject()
        let reason =
          result.convention == .r
          ? "given only when a horizon is asked for" : "no follow-up with an event beyond time 0"
        object.add("tau", mean?.tau, ifNone: reason)
        object.add("rmst", mean?.estimate, ifNone: reason)
        return object.value
      },
      why: "the horizon: r gives a restricted mean when asked to, sas stops at the arm's last event, stata at its last "
        + "follow-up; means are comparable at one horizon only (survkit rmst --tau)")
  }
}
