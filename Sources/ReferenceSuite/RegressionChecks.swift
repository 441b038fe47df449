internal import LinearAlgebra
internal import Survival

extension JSONTree {
  init(_ test: ChiSquaredTest) {
    self = .object([
      "chisq": .finite(test.statistic), "df": .count(test.degreesOfFreedom), "p": .finite(test.p),
      "log_p": .finite(test.logP),
    ])
  }

  init(_ matrix: Matrix) { self = .array(matrix.rowArrays.map(JSONTree.numbers)) }
}

extension CheckData {
  func logRank() throws -> JSONTree {
    guard let groups = grouping("group") else { throw UnsupportedCheck(reason: "no group") }
    let rho = analysis["rho"]?.number ?? 0
    let gamma = analysis["gamma"]?.number ?? 0
    let weighting: LogRankWeighting
    switch analysis["test"]?.string {
    case "g-rho", "fleming-harrington": weighting = .flemingHarrington(rho: rho, gamma: gamma)
    case "gehan": weighting = .gehanBreslow
    case "tarone-ware": weighting = .taroneWare
    case "peto": weighting = .peto
    case "modified-peto": weighting = .modifiedPeto
    case "logrank", nil:
      switch analysis["weight"]?.string {
      case "gehan": weighting = .gehanBreslow
      case "tarone-ware": weighting = .taroneWare
      case "peto": weighting = .peto
      case "modified-peto": weighting = .modifiedPeto
      default: weighting = .logRank
      }
    case .some(let other): throw UnsupportedCheck(reason: "test \(other)")
    }
    let test = try LogRankTest(data, groups: groups, strata: grouping("strata"), weighting: weighting)
    for (label, observed) in zip(test.labels, test.observed) where observed == 0 {
      warnings.add("no events in group \(label)")
    }
    var members: [String: JSONTree] = [
      "groups": .array(test.labels.map { .string($0) }), "n": .array(test.counts.map(JSONTree.count)),
      "observed": .numbers(test.observed), "expected": .numbers(test.expected),
      "weighted_observed": .numbers(test.weightedObserved), "weighted_expected": .numbers(test.weightedExpected),
      "variance": JSONTree(test.variance), "chisq": .number(test.result.statistic),
      "df": .count(test.result.degreesOfFreedom), "p": .number(test.result.p), "log_p": .number(test.result.logP),
    ]
    if let ratio = test.petoHazardRatio(level: level) {
      members["peto_hr"] = .object([
        "hr": .number(ratio.estimate), "lower": .number(ratio.lower), "upper": .number(ratio.upper),
      ])
    }
    if let z = test.z {
      members["z"] = .object(["value": .number(z), "one_sided_p_lower": .number(test.oneSidedLowerP ?? .nan)])
    }
    return .object(members)
  }

  func fit() throws -> CoxFit {
    // R's name of the exact partial likelihood.
    let name = analysis["ties"]?.string == "exact" ? TieMethod.exactPartial.rawValue : analysis["ties"]?.string
    guard let ties = name.flatMap(TieMethod.init(rawValue:)) else {
      throw UnsupportedCheck(reason: "ties = \(analysis["ties"]?.string ?? "none")")
    }
    // A robust variance without clusters takes every row as its own.
    let rows = analysis["variance"]?.string == "robust" ? Grouping.eachRow(rowCount) : nil
    let fit = try CoxModel(ties: ties).fit(
      data, try design(), strata: grouping("strata"), offset: analysis["offset"]?.string.map(numbers),
      cluster: grouping("cluster") ?? rows)
    for warning in fit.warnings { warnings.add(warning.message) }
    return fit
  }

  func cox() throws -> JSONTree {
    let fit = try fit()
    let ratios = fit.hazardRatios(level: level)
    let c = fit.concordance
    var members: [String: JSONTree] = [
      "n": .count(fit.count), "events": .count(fit.eventCount), "terms": .array(fit.names.map { .string($0) }),
      "coef": .numbers(fit.coefficients), "se": .numbers(fit.standardErrors), "z": .numbers(fit.z),
      "p": .numbers(fit.p), "hr": .numbers(ratios.map(\.estimate)), "hr_lower": .numbers(ratios.map(\.lower)),
      "hr_upper": .numbers(ratios.map(\.upper)), "vcov": JSONTree(fit.covariance),
      "loglik_null": .number(fit.logLikelihoodNull), "loglik": .number(fit.logLikelihood),
      "lr_test": JSONTree(fit.likelihoodRatioTest), "wald_test": JSONTree(fit.waldTest),
      "score_test": JSONTree(fit.scoreTest), "aic": .number(fit.aic), "bic_events": .number(fit.bicEvents),
      "concordance": .object([
        "c": .finite(c.estimate), "se": .finite(c.standardError), "concordant": .number(c.concordant),
        "discordant": .number(c.discordant), "tied_risk": .number(c.tiedScore), "tied_time": .number(c.tiedTime),
        "tied_both": .number(c.tiedBoth),
      ]),
    ]
    if let errors = fit.robustStandardErrors { members["robust_se"] = .numbers(errors) }
    if let covariance = fit.robustCovariance { members["robust_vcov"] = JSONTree(covariance) }
    if let test = fit.robustScoreTest { members["robust_score_test"] = JSONTree(test) }
    return .object(members)
  }

  func proportionalHazards() throws -> JSONTree {
    guard let transform = analysis["transform"]?.string.flatMap(TimeTransform.init(rawValue:)) else {
      throw UnsupportedCheck(reason: "transform \(analysis["transform"]?.string ?? "none")")
    }
    let test = try ProportionalHazardsTest(
      try fit(), data: data, transform: transform, perTerm: analysis["per"]?.string != "coefficient")
    return .object([
      "transform": .string(transform.rawValue), "terms": .array(test.names.map { .string($0) }),
      "chisq": .numbers(test.results.map(\.statistic)), "df": .array(test.results.map { .count($0.degreesOfFreedom) }),
      "p": .numbers(test.results.map(\.p)), "global": JSONTree(test.global),
    ])
  }
}
