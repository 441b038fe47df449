package import Reconstruction

extension ReconstructionUncertainty {
  /// Every setting and every interval; numbers with ten digits.
  var json: JSONValue {
    var object = JSONObject()
    object.add("level", level)
    object.add("repeats", repeats)
    object.add("seed", Int(exactly: seed).map(JSONValue.integer) ?? .string("\(seed)"))
    object.add("tau", tenDigits(tau))
    object.add(
      "arms",
      .array(
        arms.map { arm in
          .members(
            ("arm", .string(arm.arm)), ("median", arm.median.json(ifNone: "not reached by the rows")),
            ("restricted_mean", arm.restrictedMean.json(ifNone: "not estimable from the rows")))
        }))
    object.add(
      "comparisons",
      .array(
        comparisons.map { found in
          var object = JSONObject()
          object.add("arm", found.arm)
          object.add("reference", found.reference)
          object.add("hr", found.hazardRatio.json(ifNone: "not estimable from the rows"))
          object.add("sampling_lower", tenDigits(found.samplingLower))
          object.add("sampling_upper", tenDigits(found.samplingUpper))
          return object.value
        }))
    return object.value
  }

  /// The intervals as a table and a sentence per comparison, with what each kind means.
  func add(to document: inout ReportDocument) {
    let percent = NumberText.percent(level)
    let header = [
      "Arm", "Median", "reconstruction \(percent)", "RMST to \(NumberText.significant(tau, 4))",
      "reconstruction \(percent)",
    ]
    document.add(
      .table(
        [header]
          + arms.map { arm in
            [arm.arm, arm.median.estimate.map { NumberText.fixed($0, 2) } ?? "NR", arm.median.limits]
              + [NumberText.fixed(arm.restrictedMean.estimate, 2), arm.restrictedMean.limits]
          }))
    document.add(.list(comparisons.map(sentence)))
    document.add(.lines(meanings))
  }

  static let samplingMeaning =
    "Sampling interval: how far another trial may be (Cox, Efron ties, Wald, no strata), as if the rows were patients."

  /// What each kind of interval is, a sentence each.
  var meanings: [String] {
    [
      Self.samplingMeaning,
      "Reconstruction interval: how far the true rows of this trial may be; it reaches as far from the estimate, on either "
        + "side, as \(NumberText.percent(level)) of \(repeats) reconstructions do in which the readings and the timing of "
        + "the censorings are moved by their errors and the counts kept (seed \(seed)).",
    ]
  }

  /// "HR female against male 0.59; sampling 95% 0.42 to 0.82; reconstruction 95% 0.57 to 0.61".
  package func sentence(_ found: Comparison) -> String {
    let percent = NumberText.percent(level)
    return "HR \(found.arm) against \(found.reference) \(NumberText.fixed(found.hazardRatio.estimate, 2)); "
      + "sampling \(percent) \(NumberText.fixed(found.samplingLower, 2)) to \(NumberText.fixed(found.samplingUpper, 2)); "
      + "reconstruction \(percent) \(found.hazardRatio.limits)"
  }
}

extension ReconstructionUncertainty.Spread {
  /// Estimate and limits; why a number is missing.
  fileprivate func json(ifNone reason: String) -> JSONValue {
    var object = JSONObject()
    object.add("estimate", estimate.map(tenDigits), ifNone: reason)
    object.add("lower", lower.map(tenDigits), ifNone: Self.tooFew)
    object.add("upper", upper.map(tenDigits), ifNone: Self.tooFew)
    return object.value
  }

  private static let tooFew = "fewer than half of the repeats have the number"

  /// "0.57 to 0.61".
  var limits: String { limits(decimals: 2) }

  func limits(decimals: Int) -> String {
    guard let lower, let upper else { return "NE" }
    return "\(NumberText.fixed(lower, decimals)) to \(NumberText.fixed(upper, decimals))"
  }
}

extension JSONObject {
  /// The member `uncertainty`: the intervals, or null with the reason, as for a single number.
  mutating func add(_ uncertainty: ReconstructionUncertainty?, ifNone reason: String) {
    if let uncertainty {
      add("uncertainty", uncertainty.json)
    } else {
      add("uncertainty", nil as Double?, ifNone: reason)
    }
  }
}
