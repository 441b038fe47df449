internal import LinearAlgebra
internal import Reporting
internal import Survival

// JSON of tests and restricted means, with the keys of the reference suite's kinds logrank and rmst.

extension JSONObject {
  /// Statistic, degrees of freedom, p and ln p. Without a degree of freedom nothing was tested: no p of 1 is reported.
  mutating func add(_ test: ChiSquaredTest) {
    let isTested = test.degreesOfFreedom > 0
    let reason = isTested ? "not estimable" : "not estimable: no degree of freedom is left"
    add("chisq", isTested ? test.statistic : nil, ifNone: reason)
    add("df", test.degreesOfFreedom)
    add("p", isTested ? test.p : nil, ifNone: reason)
    add("log_p", isTested ? test.logP : nil, ifNone: reason)
  }
}

extension JSONValue {
  /// A chi-squared statistic with its p-value and ln p.
  init(_ test: ChiSquaredTest) {
    var object = JSONObject()
    object.add(test)
    self = object.value
  }

  init(
    _ test: LogRankTest, level: Double, alternative: HazardAlternative = .twoSided, permutation: PermutationTest? = nil
  ) {
    var object = JSONObject()
    object.add("test", test.weighting.name)
    object.add("groups", test.labels)
    object.add("n", .array(test.counts.map(JSONValue.integer)))
    object.add("strata", test.strataCount)
    object.add("observed", test.observed)
    object.add("expected", test.expected)
    object.add("weighted_observed", test.weightedObserved)
    object.add("weighted_expected", test.weightedExpected)
    object.add("variance", .array(test.variance.rowArrays.map(JSONValue.numbers)))
    object.add(test.result)
    if let ratio = test.petoHazardRatio(level: level) {
      var peto = JSONObject()
      peto.add("definition", "exp((O-E)/V), second group vs first")
      peto.add("hr", ratio.estimate)
      peto.add("lower", ratio.lower)
      peto.add("upper", ratio.upper)
      object.add("peto_hr", peto.value)
    }
    if let z = test.z, let p = test.oneSidedLowerP {
      object.add(
        "z",
        .members(
          ("definition", .string("(O-E)/sqrt(V) of the second group")), ("value", .number(z)),
          ("one_sided_p_lower", .number(p))))
    }
    if alternative != .twoSided {
      object.add("alternative", alternative.rawValue)
      object.add("one_sided_p", test.p(alternative), ifNone: "no variance: nothing is compared")
    }
    if let permutation { object.add("permutation", JSONValue(permutation)) }
    self = object.value
  }

  init(_ contrast: RestrictedMeanComparison.Contrast, error: String) {
    var object = JSONObject()
    let reason = "not estimable: an arm has no variance or no time lost"
    object.add("estimate", contrast.estimate, ifNone: reason)
    object.add(error, contrast.standardError, ifNone: reason)
    object.add("lower", contrast.lower, ifNone: reason)
    object.add("upper", contrast.upper, ifNone: reason)
    object.add("z", contrast.z, ifNone: reason)
    object.add("p", contrast.p, ifNone: reason)
    self = object.value
  }
}

extension LoadedData {
  /// `groups[]` of a restricted mean.
  func restrictedMeanGroups(_ means: [RestrictedMean]) -> JSONValue {
    .array(
      means.enumerated().map { position, mean in
        var arm = JSONObject()
        if let group = group(position) { arm.add("group", group) }
        arm.add("rmst", mean.estimate)
        arm.add("se", mean.standardError)
        arm.add("lower", mean.lower)
        arm.add("upper", mean.upper)
        arm.add("rmtl", mean.timeLost)
        arm.add("rmtl_lower", mean.tau - mean.upper)
        arm.add("rmtl_upper", mean.tau - mean.lower)
        arm.add("beyond_last_observation", mean.isBeyondLastObservation)
        return arm.value
      })
  }

  func restrictedMeanValues(_ means: [RestrictedMean], _ comparison: RestrictedMeanComparison?) -> JSONValue {
    var object = JSONObject()
    addRestrictedMeanValues(means, comparison, to: &object)
    return object.value
  }

  func addRestrictedMeanValues(
    _ means: [RestrictedMean], _ comparison: RestrictedMeanComparison?, to object: inout JSONObject
  ) {
    object.add("tau", means[0].tau)
    object.add("groups", restrictedMeanGroups(means))
    if let comparison {
      object.add("difference", JSONValue(comparison.difference, error: "se"))
      object.add("ratio", JSONValue(comparison.ratio, error: "se_log"))
      object.add("rmtl_ratio", JSONValue(comparison.timeLostRatio, error: "se_log"))
    }
  }
}
