internal import Distributions
internal import Survival
internal import TrialCatalogue

extension EndpointResult {
  /// The published hazard ratio and its limits beside the rows'.
  ///
  /// Distances are in published standard errors of ln HR, (ln upper − ln lower) / 2z. Half of one is a difference that
  /// changes no reading of a trial: PASS. A check that lies farther off is WARN while it lies inside the published
  /// interval, and FAIL outside. An input is held to 0.01.
  static func compare(_ published: PublishedHazardRatio, _ found: CoxFit.HazardRatio) -> [Comparison] {
    let z = StandardNormal.criticalValue(level: published.ciLevel)
    let error = (logarithm(published.ci[1]) - logarithm(published.ci[0])) / (2 * z)
    let estimate: Comparison
    if published.role == .input {
      let difference = found.estimate - published.value
      estimate = Comparison(
        "Hazard ratio", published: published.value, reproduced: found.estimate, decimals: (2, 3), role: .input,
        confidence: published.confidence, difference: difference, tolerance: 0.01,
        verdict: graded(difference, pass: 0.01, warn: 0.01), reason: "an input: the agreement is no evidence")
    } else {
      let distance = (logarithm(found.estimate) - logarithm(published.value)) / error
      let isInside = found.estimate >= published.ci[0] && found.estimate <= published.ci[1]
      let verdict = graded(distance, pass: 0.5, warn: isInside ? .infinity : 0.5)
      estimate = Comparison(
        "Hazard ratio", published: published.value, reproduced: found.estimate, decimals: (2, 3), role: .check,
        confidence: published.confidence, difference: distance, tolerance: 0.5, scale: "s.e.", verdict: verdict,
        reason: verdict == .pass ? "" : (isInside ? "inside the published interval; " : "") + why(published))
    }
    let limits = [("lower", published.ci[0], found.lower), ("upper", published.ci[1], found.upper)]
    return [estimate]
      + limits.map { side, asked, value in
        let distance = (logarithm(value) - logarithm(asked)) / error
        let verdict = graded(distance, pass: 0.5, warn: 1.5)
        return Comparison(
          "Hazard ratio, \(side) \(percent(published.ciLevel)) limit", published: asked, reproduced: value,
          decimals: (2, 3), role: published.role == .input ? .implied : .check, confidence: published.confidence,
          difference: distance, tolerance: 0.5, scale: "s.e.", verdict: verdict,
          reason: verdict == .pass ? "" : why(published))
      }
  }

  private static func why(_ published: PublishedHazardRatio) -> String {
    "the rows' estimate is unstratified" + (published.stratified ? ", the published one stratified" : "")
      + "; the readings carry their own error"
  }

  /// The published p-value beside the rows' unstratified log-rank test. "<x" passes below x. A number passes within a
  /// factor of two, which is what stratification and rounding do to it, and warns while both lie on the same side of 0.05.
  static func compare(_ published: PublishedP, _ found: ChiSquaredTest, isImplied: Bool, test: String?) -> Comparison {
    let isBound = published.text.hasPrefix("<")
    let value = Double(isBound ? published.text.dropFirst() : published.text[...])
    func comparison(_ verdict: Verdict, distance: Double? = nil, _ reason: String = "") -> Comparison {
      Comparison(
        "p, \(test ?? "test not stated"); rows: unstratified log-rank", published: value, reproduced: found.p,
        decimals: (3, 4), role: isImplied ? .implied : .check, difference: distance,
        tolerance: distance == nil ? nil : 1, scale: distance == nil ? "" : "factors of 2", verdict: verdict,
        reason: reason, publishedText: published.text)
    }
    guard let value, value > 0 else { return comparison(.cannot, "the published text is not a p-value") }
    if isBound {
      return found.p < value ? comparison(.pass) : comparison(found.p < 0.05 ? .warn : .fail, "not below the bound")
    }
    let distance = (found.logP - logarithm(value)) / logarithm(2)
    if distance.magnitude <= 1 { return comparison(.pass, distance: distance) }
    let isSameSide = (found.p < 0.05) == (value < 0.05)
    return comparison(
      isSameSide ? .warn : .fail, distance: distance, "the published test is stratified, the rows' is not")
  }
}
