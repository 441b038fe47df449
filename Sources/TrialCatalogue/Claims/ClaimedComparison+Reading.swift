internal import TrialData

extension ClaimedHazardRatio {
  /// - Parameter endpoint: where the endpoint says of itself what its ratio does not: stratified, adjusted.
  init(_ node: ClaimNode, endpoint: ClaimNode) throws(TrialDataError) {
    guard node.isMapping else {
      value = try node.number()
      (interval, standardError, method) = (nil, nil, nil)
      (isStratified, isAdjusted, isRobust) = (false, false, false)
      return
    }
    guard let found = node["value", "estimate", "hr"] else { throw node.fault("has no value") }
    let estimate = try found.number()
    let limits = try node.interval()
    // Papers print a ratio and its limits with one number of decimals.
    let decimals = max(estimate.decimals, limits?.decimals ?? 0)
    let isRecalled = node["confidence"]?.text == "recalled"
    value = (ClaimNode.keepsDecimals(found) ? estimate : estimate.with(decimals: decimals)).recalled(isRecalled)
    interval = limits?.with(decimals: decimals)
    standardError = try node["se", "se_log_hr", "standard_error"]?.number()
    isStratified = try (node["stratified"] ?? endpoint["stratified"])?.flag() ?? false
    isAdjusted = try (node["adjusted"] ?? endpoint["adjusted"])?.flag() ?? false
    isRobust = try node["robust", "cluster"]?.flag() ?? false
    method = try node["ci_method", "method"].map { node throws(TrialDataError) in
      guard let method = Method(rawValue: node.text?.lowercased() ?? "") else {
        throw node.fault("the method is one of \(Method.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return method
    }
  }
}

extension ClaimedTest {
  /// From `test` (a name, or a mapping) and from a p that stands with the endpoint or its hazard ratio; nil without any.
  init?(_ endpoint: ClaimNode, ratio: ClaimNode?, unknown: inout [UnknownClaim]) throws(TrialDataError) {
    let test = endpoint["test", "log_rank", "logrank"]
    let details = test.flatMap { $0.isMapping ? $0 : nil }
    let p = try (details?["p", "p_value"] ?? endpoint["p", "p_value"] ?? ratio?["p", "p_value"])?.p()
    name = details?["name"]?.text ?? test?.text
    self.p = p
    sides = try (details?["sides", "sided"] ?? endpoint["p_sides", "sides"] ?? ratio?["p_sides", "sides"]).map {
      node throws(TrialDataError) in
      switch node.text?.lowercased().prefix(3) {
      case "1", "one": return 1
      case "2", "two": return 2
      default: throw node.fault("a test has 1 side or 2")
      }
    }
    chiSquare = try details?["chi_square", "chisq", "statistic"]?.number()
    degreesOfFreedom = try details?["df", "degrees_of_freedom"].map { node throws(TrialDataError) in
      let df = try node.count()
      guard df.value >= 1, df.value < 1000 else { throw node.fault("degrees of freedom are a whole number above 0") }
      return Int(df.value)
    }
    z = try details?["z"]?.number()
    if let details { unknown += details.unknown() }
    if name == nil, p == nil, chiSquare == nil, z == nil { return nil }
  }
}

extension ClaimedDifference {
  init(_ node: ClaimNode) throws(TrialDataError) {
    guard let kind = node["of", "quantity"] else { throw node.fault("says not what it is the difference of: of: rmst") }
    guard let quantity = Quantity(rawValue: kind.text ?? "") else {
      throw kind.fault("a difference is one of \(Quantity.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.quantity = quantity
    time = try node["time", "tau"]?.number()
    guard let found = try node["value", "difference"]?.number() else { throw node.fault("has no value") }
    let limits = try node.interval()
    let decimals = max(found.decimals, limits?.decimals ?? 0)
    let isFraction = quantity == .rate || quantity == .proportion
    // Differences of rates are printed in percentage points.
    let isStatedAsFraction = try node["fraction"]?.flag() ?? false
    let asFractions = isFraction && !isStatedAsFraction
    let value = found.with(decimals: decimals)
    self.value = asFractions ? value.fromPercent : value
    interval = limits.map { limits in
      let limits = limits.with(decimals: decimals)
      return asFractions ? limits.fromPercent : limits
    }
    p = try node["p", "p_value"]?.p()
  }
}
