internal import LinearAlgebra

/// The Cox log-likelihood, its first derivative and its information at one coefficient vector.
struct CoxEvaluation: NewtonLikelihood {
  let logLikelihood: Double
  let scoreVector: [Double]
  let informationMatrix: Matrix
  /// Σ ω x² of each column: what the diagonal of the information is a difference from.
  let moments: [Double]

  func score() -> [Double] { scoreVector }
  func information() -> Matrix { informationMatrix }

  /// The same for covariates divided by other scales: `ratio` is that of this one's scale to the other.
  func rescaled(by ratio: [Double]) -> CoxEvaluation {
    var information = informationMatrix
    for i in ratio.indices {
      for j in ratio.indices { information[i, j] *= ratio[i] * ratio[j] }
    }
    return CoxEvaluation(
      logLikelihood: logLikelihood, scoreVector: zip(scoreVector, ratio).map { $0 * $1 },
      informationMatrix: information,
      moments: zip(moments, ratio).map { $0 * $1 * $1 })
  }
}

/// Evaluates the Efron or Breslow likelihood of one set of rows, again and again, in buffers of its own. Coefficients are those
/// of the covariates divided by `scale`.
protocol CoxEvaluator {
  var scale: [Double] { get }
  var totalEventWeight: Double { get }
  func evaluate(_ beta: [Double]) -> CoxEvaluation
  /// The same for a sample of the rows to start Newton's iteration from; nil where the rows are too few for that to pay.
  func startingSample() -> (any CoxEvaluator)?
}

/// What the tied events of one event time contribute, v_l = S0 − (l/d) E0, W their weight:
///
///     A = Σ (W/d)/v_l   B = Σ (W/d)(l/d)/v_l   a₂, b₂, c₂ = Σ (W/d) (1, l/d, (l/d)²)/v_l²   Σ (W/d) ln v_l
///
/// The d rank-one terms of the information collapse to the form [a₂ −b₂; −b₂ c₂] in S1 and E1, which is that of two rows
/// meanScale·S1 + tiedShift·E1 and tiedScale·E1. Efron, JASA 1977;72:557–565.
struct TiedEventSums {
  var hazard = 0.0
  var tiedHazard = 0.0
  var logDenominators = 0.0
  var meanScale = 0.0
  var tiedShift = 0.0
  /// Negative where the events are not tied, or by Breslow's method.
  var tiedScale = -1.0

  @inline(__always)
  init(riskSum s0: Double, eventSum e0: Double, events d: Int, weight: Double, isBreslow: Bool) {
    if isBreslow || d == 1 {
      hazard = weight / s0
      meanScale = weight.squareRoot() / s0
      logDenominators = weight * logarithm(s0)
      return
    }
    let mean = weight / Double(d)
    let step = 1 / Double(d)
    let ratio = e0 / s0
    // In units of S0: v/S0 lies between 1/d and 1, so that some thirty of them can be multiplied before a logarithm.
    var (a, b, a2, b2, c2) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var product = 1.0
    var logs = 0.0
    for l in 0..<d {
      let share = Double(l) * step
      let v = 1 - share * ratio
      let inverse = 1 / v
      let shared = share * inverse
      a += inverse
      b += shared
      a2 += inverse * inverse
      b2 += shared * inverse
      c2 += shared * shared
      product *= v
      if product < 1e-100 {
        logs += logarithm(product)
        product = 1
      }
    }
    logs += logarithm(product)
    hazard = mean * a / s0
    tiedHazard = mean * b / s0
    logDenominators = weight * logarithm(s0) + mean * logs
    let root = mean.squareRoot() / s0
    meanScale = root * a2.squareRoot()
    tiedShift = -root * b2 / a2.squareRoot()
    tiedScale = root * max(0, c2 - b2 / a2 * b2).squareRoot()
  }
}
