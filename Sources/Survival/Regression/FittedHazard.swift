internal import LinearAlgebra

/// The baseline hazard of a fitted regression with the errors of what is predicted from it: increments per event time, the
/// variance each adds, and the risk-set means by which coefficients move them.
///
/// Λ(t | x) = exp(η_x) Σ dΛ₀ and Var Λ = exp(2η_x) (Σ (W/d)/v_l² + gᵀ V g), g = Σ (x̄ − x) dΛ₀. Sums run over event times on
/// centred covariates relative to the stratum's largest linear predictor.
struct FittedHazard {
  let problem: CoxProblem
  /// The largest linear predictor of each stratum.
  let shift: [Double]
  /// On the user's scale, NaN where aliased.
  let coefficients: [Double]
  let estimable: [Int]
  let covariance: Matrix
  /// Per event time: dΛ₀, Σ_l (W/d)/v_l², and Σ_l (W/d) m_l/v_l by columns.
  let increments: [Double]
  let variances: [Double]
  let means: [Double]

  init(_ fit: CoxFit) {
    let means = fit.likelihood.riskSetMeans()
    problem = fit.likelihood.problem
    shift = fit.likelihood.shift
    coefficients = fit.coefficients
    estimable = fit.estimable
    covariance = fit.robustCovariance ?? fit.covariance
    increments = fit.likelihood.hazard
    variances = means.variance
    self.means = means.weighted
  }

  init(
    _ likelihood: FineGrayLikelihood, coefficients: [Double], estimable: [Int], covariance: Matrix
  ) {
    problem = likelihood.problem.layout
    shift = likelihood.shift
    self.coefficients = coefficients
    self.estimable = estimable
    self.covariance = covariance
    increments = likelihood.hazard
    variances = zip(likelihood.hazard, problem.eventWeight).map { $0 * $0 / $1 }
    let p = problem.p
    means = likelihood.means.indices.map { likelihood.means[$0] * likelihood.hazard[$0 / max(p, 1)] }
  }

  /// The curve of one subject over the event times of a stratum.
  func curve(
    _ covariates: [Double], offset: Double, stratum s: Int, confidence: ConfidenceSetting, lastTime: Double
  ) -> CoxCurve {
    let bins = problem.binStarts[s]..<problem.binStarts[s + 1]
    var sum = HazardSum(self, x: problem.standardised(covariates, stratum: s), offset: offset, stratum: s)
    var curve = (hazard: [Double](), survival: [Double](), error: [Double](), lower: [Double](), upper: [Double]())
    for k in bins {
      sum.add(bin: k)
      let survival = exponential(-sum.value)
      let error = sum.standardError
      let limits = confidence.interval(survival: survival, standardErrorOfLog: error, z: confidence.z)
      curve.hazard.append(sum.value)
      curve.survival.append(survival)
      curve.error.append(error)
      curve.lower.append(limits.lower)
      curve.upper.append(limits.upper)
    }
    return CoxCurve(
      covariates: covariates, offset: offset, stratum: s, confidence: confidence,
      time: bins.map { problem.binTime[$0] }, cumulativeHazard: curve.hazard, survival: curve.survival,
      standardErrorOfCumulativeHazard: curve.error,
      standardErrorOfSurvival: zip(curve.survival, curve.error).map { $0 * $1 }, lower: curve.lower,
      upper: curve.upper, lastTime: lastTime)
  }
}

/// A predicted hazard added up over event times, with the standard error of the sum.
struct HazardSum {
  private let fitted: FittedHazard
  private let x: [Double]
  private let risk: Double
  private let hasErrors: Bool
  private var hazard = CompensatedSum()
  private var ownVariance = CompensatedSum()
  private var gradient: [CompensatedSum]

  /// - Parameter x: the covariates as `CoxProblem.standardised` gives them.
  init(_ fitted: FittedHazard, x: [Double], offset: Double, stratum s: Int) {
    self.fitted = fitted
    self.x = x
    let coefficients = fitted.coefficients
    var predictor = CompensatedSum(offset - fitted.shift[s])
    for j in x.indices where !coefficients[j].isNaN { predictor.add(coefficients[j] * fitted.problem.scale[j] * x[j]) }
    risk = exponential(predictor.value)
    // An infinite coefficient makes no finite statement about anybody who differs in it; which those are is for the reader.
    hasErrors = Set(fitted.estimable).isSuperset(of: x.indices.filter { !coefficients[$0].isNaN })
    gradient = [CompensatedSum](repeating: CompensatedSum(), count: x.count)
  }

  mutating func add(bin k: Int) {
    let increment = fitted.increments[k]
    hazard.add(increment)
    ownVariance.add(fitted.variances[k])
    for j in x.indices { gradient[j].add(fitted.means[k * x.count + j] - x[j] * increment) }
  }

  var value: Double { risk * hazard.value }

  var standardError: Double {
    guard hasErrors else { return .nan }
    let g = gradient.indices.map { gradient[$0].value * fitted.problem.scale[$0] }
    var form = 0.0
    for i in fitted.estimable {
      for j in fitted.estimable { form += g[i] * fitted.covariance[i, j] * g[j] }
    }
    return risk * (ownVariance.value + max(0, form)).squareRoot()
  }
}
