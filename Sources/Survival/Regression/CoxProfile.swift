internal import Distributions

/// The profile-likelihood interval and likelihood-ratio test of one coefficient.
///
/// With l_p(b) the largest log-likelihood with the coefficient held at b and l_max the largest of all, the limits are the two
/// b with 2 (l_max − l_p(b)) = the upper quantile of chi-squared on 1 df, and the test statistic is 2 (l_max − l_p(0)).
/// Sources: Venzon & Moolgavkar, Applied Statistics 1988;37:87–94; SAS PHREG's RL=PL.
public struct CoxProfile: Sendable, Equatable {
  /// Why there is no number.
  public enum Absence: String, Sendable, Codable {
    /// The likelihood does not fall on this side: the coefficient tends to infinity there.
    case unbounded
    /// The column is constant or a combination of others.
    case aliased
    /// The search found no limit: the model has not converged, or its information vanishes on the way.
    case notFound = "not-found"
  }

  public let name: String
  /// Limits of the coefficient (log hazard ratio); NaN where the reason beside says why.
  public let lower: Double
  public let upper: Double
  public let lowerAbsence: Absence?
  public let upperAbsence: Absence?
  /// Of the coefficient being 0; NaN where there is none.
  public let test: ChiSquaredTest

  /// The limits of the hazard ratio.
  public var hazardRatioLimits: (lower: Double, upper: Double) { (exponential(lower), exponential(upper)) }
}

extension CoxFit {
  /// The profile-likelihood interval and likelihood-ratio test of every coefficient; of the penalised likelihood for a fit
  /// with Firth's penalty.
  ///
  /// A coefficient that tends to infinity has one finite limit and a test. Case weights enter as they do in the likelihood:
  /// they count as numbers of subjects. Each limit is driven until the drop of the likelihood is the quantile to
  /// round-off. O(p) times ten to twenty fits of p − 1 columns.
  ///
  /// - Throws: `CoxFitError.notDefined` for a fit with robust variance, for which the likelihood has no chi-squared
  ///   distribution.
  public func profiles(level: Double = 0.95) throws(CoxFitError) -> [CoxProfile] {
    try requireLikelihood("a profile-likelihood interval")
    let search = ProfileSearch(self, threshold: ChiSquared.upperQuantile(1 - level, df: 1))
    return names.indices.map { j in
      let name = names[j]
      guard !coefficients[j].isNaN else {
        return CoxProfile(
          name: name, lower: .nan, upper: .nan, lowerAbsence: .aliased, upperAbsence: .aliased,
          test: ChiSquaredTest(statistic: .nan, degreesOfFreedom: 0))
      }
      let (lower, upper) = (search?.limit(of: j, side: -1), search?.limit(of: j, side: 1))
      return CoxProfile(
        name: name, lower: lower?.value ?? .nan, upper: upper?.value ?? .nan,
        lowerAbsence: lower.map(\.absence) ?? .notFound, upperAbsence: upper.map(\.absence) ?? .notFound,
        test: ChiSquaredTest(statistic: search?.drop(holding: j) ?? .nan, degreesOfFreedom: 1))
    }
  }

  /// What a test or interval made of the likelihood itself asks of a fit.
  func requireLikelihood(_ what: String) throws(CoxFitError) {
    guard !isRobust else {
      throw CoxFitError(
        code: .notDefined,
        message: "\(what) is not defined with a robust variance: the likelihood takes the rows as independent")
    }
  }
}

/// The search for profile limits of one fit, on the scaled covariates.
struct ProfileSearch {
  private let fit: CoxFit
  private let threshold: Double
  private let maximiser: CoxMaximiser
  private let free: [Int]
  /// The coefficients of the largest likelihood, or far enough on the way to it that it gains nothing more.
  private let beta: [Double]
  /// Where the fit stands.
  private let found: [Double]
  let largest: Double

  /// Nil for a fit that has not converged.
  init?(_ fit: CoxFit, threshold: Double = 0) {
    guard fit.converged else { return nil }
    self.fit = fit
    self.threshold = threshold
    let free = fit.coefficients.indices.filter { !fit.coefficients[$0].isNaN }
    self.free = free
    let model = CoxModel(
      ties: fit.ties, penalty: fit.penalty, maximumIterations: fit.maximumIterations, tolerance: fit.tolerance)
    maximiser = CoxMaximiser(fit.basis, model, penalised: fit.penalty == .firth ? free : nil).toSupremum
    found = zip(fit.coefficients, maximiser.scale).map { $0.isNaN ? 0 : $0 * $1 }
    if fit.estimable.count == free.count {
      (beta, largest) = (found, fit.logLikelihood)
    } else {
      guard let top = try? maximiser.maximum(from: found, over: free) else { return nil }
      (beta, largest) = (top.beta, top.likelihood.logLikelihood)
    }
  }

  /// What is maximised while coefficient j is held, and from where.
  ///
  /// A direction in which the likelihood rises for ever is one from every point. Beside a coefficient with an estimate, those
  /// at infinity stay there: at so small an information their steps would be round-off. Beside one of their own they start
  /// from where the fit left them.
  private func beside(_ j: Int) -> (start: [Double], others: [Int]) {
    let isFinite = fit.estimable.contains(j)
    return (isFinite ? beta : found, (isFinite ? fit.estimable : free).filter { $0 != j })
  }

  /// Twice the fall of the largest log-likelihood when coefficient j is held at 0; NaN when the rest has no maximum.
  func drop(holding j: Int) -> Double {
    var (start, others) = beside(j)
    start[j] = 0
    return drop(from: start, over: others)?.value ?? .nan
  }

  /// Twice the fall of the largest log-likelihood to that over `others`, with where it is reached.
  func drop(from start: [Double], over others: [Int]) -> (value: Double, at: NewtonIteration.Outcome<CoxObjective>)? {
    guard let found = try? maximiser.maximum(from: start, over: others) else { return nil }
    // So far away that risk sets underflow there is no likelihood left.
    let value = found.likelihood.logLikelihood
    return (value.isFinite ? max(0, 2 * (largest - value)) : .infinity, found)
  }

  /// The limit of coefficient j below (side −1) or above (side 1) the estimate.
  ///
  /// Newton's steps on √drop, which is nearly linear in b and has the derivative −score_j/√drop; inside a bracket once the
  /// limit lies in one.
  func limit(of j: Int, side: Double) -> (value: Double, absence: CoxProfile.Absence?) {
    let isInfinite = !fit.estimable.contains(j)
    if isInfinite, !fit.undetermined.contains(j), beta[j] * side > 0 { return (.nan, .unbounded) }
    let scale = maximiser.scale[j]
    var (start, others) = beside(j)
    let target = threshold.squareRoot()
    let roundOff = 4e-15 * (abs(largest) + threshold)
    var inside = beta[j]
    var outside: Double?
    let first = isInfinite ? 1 : target * fit.standardErrors[j] * scale
    var b = inside + side * first
    for _ in 0..<200 {
      start[j] = b
      guard let (drop, found) = drop(from: start, over: others) else {
        // Too far: beside so large an effect the others have no information left.
        outside = b
        b = inside + (b - inside) / 2
        if b == inside || b == outside { return (.nan, .notFound) }
        continue
      }
      start = found.beta
      if drop < threshold { inside = b } else { outside = b }
      // Where the likelihood has not fallen yet its slope says nothing: NaN, which takes the whole reach.
      let slope = drop > 0 ? -found.likelihood.score()[j] / drop.squareRoot() : .nan
      let step = (target - drop.squareRoot()) / slope
      if abs(drop - threshold) <= roundOff || abs(step) <= 2e-16 * abs(b) {
        // One more step costs nothing and gains the last digits.
        return ((step.isFinite && abs(step) < 1e-6 * (1 + abs(b)) ? b + step : b) / scale, nil)
      }
      var next = b + step
      if let outside {
        let isWithin = (next - inside) * (next - outside) < 0
        if !isWithin { next = inside + (outside - inside) / 2 }
        if next == inside || next == outside { return (next / scale, nil) }
      } else {
        let reach = 1 + 4 * abs(b - beta[j])
        if !(step * side > 0) || abs(step) > reach { next = b + side * reach }
        // The scaled covariate has a root mean square of 1 to 2: a thousand is a hazard ratio beyond every double.
        if abs(next - beta[j]) > 1e3 { return (.nan, .unbounded) }
      }
      b = next
    }
    return (.nan, .notFound)
  }
}
