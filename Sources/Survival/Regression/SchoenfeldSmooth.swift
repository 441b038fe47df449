internal import Distributions
internal import LinearAlgebra

/// Scaled Schoenfeld residuals against a function of time, with a smooth: an estimate of each coefficient as it changes, flat where
/// hazards are proportional.
///
/// The smooth is the least-squares fit of a natural cubic spline with four degrees of freedom to the residuals of all events,
/// as R's plot.cox.zph draws it: knots at the ends, and at the two thirds of the ordered values of g at the events together with 40 even steps
/// between the ends. Its pointwise variance is D V_jj n(x)ᵀ(NᵀN)⁻¹n(x): D events, V the variance of the coefficients, N the basis.
/// Limits are normal ones of the level given; R draws two standard errors. With fewer than four different values of g there
/// is a knot for each.
/// Sources: Grambsch & Therneau, Biometrika 1994;81:515–526; Hastie, Tibshirani & Friedman, The Elements of Statistical
/// Learning, 2nd ed. 2009, section 5.2.1 (the basis).
public struct SchoenfeldSmooth: Sendable, Equatable {
  /// One coefficient: its residuals, and the smooth at the values of `x`. All NaN where it is not estimable.
  public struct Curve: Sendable, Equatable {
    public let name: String
    /// Of each event, scaled, around the coefficient.
    public let residuals: [Double]
    public let estimate: [Double]
    public let standardError: [Double]
    public let lower: [Double]
    public let upper: [Double]
  }

  public let transform: TimeTransform
  public let level: Double
  /// Of each event, in the order of `SchoenfeldResiduals`.
  public let time: [Double]
  /// g of these times.
  public let transformed: [Double]
  /// Even steps of g from the first event to the last.
  public let x: [Double]
  public let curves: [Curve]

  /// O(events · coefficients) beside the residuals.
  ///
  /// - Parameters:
  ///   - fit: the model.
  ///   - data: the rows.
  ///   - transform: the function of time that the effect may follow.
  ///   - level: of the confidence interval, in (0, 1).
  ///   - points: number of steps of the smooth, at least 2.
  /// - Throws: `CoxFitError` for exact ties.
  public init(
    _ fit: CoxFit, data: TimeToEvent, transform: TimeTransform = .km, level: Double = 0.95, points: Int = 40
  ) throws(CoxFitError) {
    let scaled = try SchoenfeldResiduals(fit, isScaled: true)
    self.transform = transform
    self.level = level
    time = scaled.time
    let g = transform.values(scaled.time, data: data)
    transformed = g
    let (first, last) = (g.min() ?? 0, g.max() ?? 0)
    let steps = max(points, 2)
    let x = (0..<steps).map { first + (last - first) * Double($0) / Double(steps - 1) }
    self.x = x
    let spline = NaturalSpline(knots: SchoenfeldSmooth.knots(g, with: x))
    let basis = g.map(spline.values)
    let size = spline.count
    var products = Matrix(rows: size, columns: size)
    for row in basis {
      for i in 0..<size { for j in 0..<size { products[i, j] += row[i] * row[j] } }
    }
    let factor = Cholesky(products)
    let events = Double(time.count)
    let z = StandardNormal.criticalValue(level: level)
    let places = x.map(spline.values)
    let spread = places.map { place in factor.map { $0.quadraticForm(place).squareRoot() } ?? .nan }
    curves = fit.names.indices.map { column in
      let residuals = (0..<scaled.time.count).map { scaled.values[$0, column] }
      var moments = [Double](repeating: 0, count: size)
      for (event, row) in basis.enumerated() {
        for i in 0..<size { moments[i] += row[i] * residuals[event] }
      }
      let coefficients = factor?.solve(moments) ?? [Double](repeating: .nan, count: size)
      let estimate = places.map { place in zip(place, coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
      let scale = (events * fit.covariance[column, column]).squareRoot()
      let errors = spread.map { $0 * scale }
      return Curve(
        name: fit.names[column], residuals: residuals, estimate: estimate, standardError: errors,
        lower: zip(estimate, errors).map { $0 - z * $1 }, upper: zip(estimate, errors).map { $0 + z * $1 })
    }
  }

  /// Ends and thirds, each once.
  private static func knots(_ g: [Double], with x: [Double]) -> [Double] {
    let different = Set(g).sorted()
    guard different.count >= 4 else { return different }
    let all = (g + x).sorted()
    func quantile(_ p: Double) -> Double {
      let place = p * Double(all.count - 1)
      let below = Int(place)
      return all[below] + (place - Double(below)) * (all[min(below + 1, all.count - 1)] - all[below])
    }
    let inner = [quantile(1.0 / 3), quantile(2.0 / 3)]
    return Set([different[0]] + inner + [different[different.count - 1]]).sorted()
  }
}

/// The basis of natural cubic splines on given knots: as many functions as knots, straight lines beyond the ends.
struct NaturalSpline {
  /// From 0 to 1, so that the sums of squares are of one size.
  private let knots: [Double]
  private let first: Double
  private let length: Double

  /// - Parameter knots: different and ascending, one at least.
  init(knots: [Double]) {
    let (least, largest) = (knots[0], knots[knots.count - 1])
    let length = largest > least ? largest - least : 1
    (first, self.length) = (least, length)
    self.knots = knots.map { ($0 - least) / length }
  }

  var count: Int { knots.count }

  func values(at place: Double) -> [Double] {
    let x = (place - first) / length
    guard count > 1 else { return [1] }
    let last = count - 1
    func cube(_ knot: Double) -> Double {
      let distance = max(0, x - knot)
      return distance * distance * distance
    }
    func divided(_ k: Int) -> Double { (cube(knots[k]) - cube(knots[last])) / (knots[last] - knots[k]) }
    return [1, x] + (0..<max(0, count - 2)).map { divided($0) - divided(last - 1) }
  }
}
