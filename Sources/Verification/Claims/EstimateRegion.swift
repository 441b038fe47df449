/// Every pair of an estimate and its standard error that would be printed as the estimate and the interval that a paper prints.
///
/// On the scale where the interval is symmetric, e ± z·s, rounding leaves e in [e₁, e₂], e − z·s in [l₁, l₂] and e + z·s in
/// [u₁, u₂]: a polygon of pairs (e, s), because all bounds are straight lines. When it is empty no unrounded numbers give
/// what is printed. Linear functions of e and s, and e/s, have their extremes at its corners.
struct EstimateRegion {
  struct Corner { let estimate, error: Double }

  let corners: [Corner]

  var isEmpty: Bool { corners.isEmpty }

  /// - Parameters:
  ///   - estimate: [e₁, e₂].
  ///   - lower: [l₁, l₂]; nil where there is none.
  ///   - z: the critical value of the interval's level.
  init(estimate: Interval, lower: Interval?, upper: Interval?, z: Double) {
    let lower = lower ?? Interval(-.infinity, .infinity)
    let upper = upper ?? Interval(-.infinity, .infinity)
    // No standard error is larger: what a limit that is not bounded leaves open ends here.
    let most = [(estimate.upper - lower.lower) / z, (upper.upper - estimate.lower) / z].filter(\.isFinite).min() ?? 1e3
    guard estimate.lower.isFinite, estimate.upper.isFinite, most >= 0 else {
      corners = []
      return
    }
    var region = [
      Corner(estimate: estimate.lower, error: 0), Corner(estimate: estimate.upper, error: 0),
      Corner(estimate: estimate.upper, error: most), Corner(estimate: estimate.lower, error: most),
    ]
    // ±(e ∓ z·s) at most its bound.
    let sides: [(sign: Double, slope: Double, bound: Double)] = [
      (1, -z, lower.upper), (-1, -z, lower.lower), (1, z, upper.upper), (-1, z, upper.lower),
    ]
    for side in sides where side.bound.isFinite {
      region = EstimateRegion.clipped(region) { side.sign * ($0.estimate + side.slope * $0.error - side.bound) }
    }
    corners = region
  }

  /// The part of a convex polygon where a linear function is 0 or less (Sutherland and Hodgman 1974).
  private static func clipped(_ region: [Corner], by excess: (Corner) -> Double) -> [Corner] {
    var kept: [Corner] = []
    for (position, corner) in region.enumerated() {
      let next = region[(position + 1) % region.count]
      let (here, there) = (excess(corner), excess(next))
      if here <= 0 { kept.append(corner) }
      if here < 0 && there > 0 || here > 0 && there < 0 {
        let share = here / (here - there)
        kept.append(
          Corner(
            estimate: corner.estimate + share * (next.estimate - corner.estimate),
            error: corner.error + share * (next.error - corner.error)))
      }
    }
    return kept
  }

  var estimates: Interval { range { $0.estimate } }
  var errors: Interval { range { $0.error } }
  /// e/s, infinite where s may be 0.
  var ratios: Interval { range { $0.estimate / max($0.error, 1e-12) } }

  /// The range over the corners.
  func range(_ value: (Corner) -> Double) -> Interval {
    let values = corners.map(value)
    return Interval(values.min() ?? .nan, values.max() ?? .nan)
  }
}
