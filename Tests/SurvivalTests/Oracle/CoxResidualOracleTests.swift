import LinearAlgebra
import Testing

@testable import Survival

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Residuals and predicted curves against loops over the risk sets, for Efron and Breslow with ties, weights, strata and
/// delayed entry. Sums of some hundred terms on both sides: 1e-10 of their size leaves no room for a wrong formula.
@Suite struct CoxResidualOracleTests {
  private static let tolerance = 1e-10

  @Test("expected events, martingale, deviance, score, Schoenfeld, dfbeta and dfbetas", arguments: Seeds.all)
  func residuals(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let p = trial.x.count
    for ties in TieMethod.approximations {
      guard let fit = try trial.fit(ties) else { continue }
      let slow = SlowCoxResiduals(trial, ties: ties, beta: fit.coefficients)
      let (expected, martingale) = (try fit.expectedEvents(), try fit.martingaleResiduals())
      let (deviance, score) = (try fit.devianceResiduals(), try fit.scoreResiduals())
      let (dfbeta, dfbetas) = (try fit.dfbeta(), try fit.dfbetas())
      for i in 0..<trial.count {
        let (e, event) = (slow.expected[i], trial.isEvent[i] ? 1.0 : 0)
        #expect(isClose(expected[i], e, Self.tolerance) && isClose(martingale[i], event - e, Self.tolerance))
        // The defining formula loses half the digits where e is near 1.
        let d = 2 * (event * log(event == 0 ? 1 : event / e) - (event - e))
        #expect(isClose(deviance[i] * deviance[i], d, 1e-9), "\(ties)")
        #expect(deviance[i] == 0 || (deviance[i] > 0) == (event > e) || abs(event - e) < 1e-9)
        for j in 0..<p {
          // Where nobody of weight is left at the time of an event of weight 0, there is no mean to depart from.
          #expect(isClose(score[i, j], slow.score[i][j], Self.tolerance, scale: 3), "\(ties)")
          if trial.weight(i) == 0 {
            #expect(dfbeta[i, j] == 0 && dfbetas[i, j] == 0)
            continue
          }
          let change = (0..<p).reduce(0) { $0 + trial.weight(i) * slow.score[i][$1] * fit.covariance[$1, j] }
          #expect(isClose(dfbeta[i, j], change, 1e-9), "\(ties)")
          #expect(isClose(dfbetas[i, j], change / fit.standardErrors[j], 1e-9), "\(ties)")
        }
      }
      let schoenfeld = try SchoenfeldResiduals(fit)
      let scaled = try SchoenfeldResiduals(fit, isScaled: true)
      #expect(Set(schoenfeld.row) == Set(slow.schoenfeld.keys) && schoenfeld.row.count == slow.schoenfeld.count)
      let keys = zip(schoenfeld.stratum, schoenfeld.time).map { Double($0) * 1000 + $1 }
      #expect(keys == keys.sorted())
      for (event, row) in schoenfeld.row.enumerated() {
        #expect(schoenfeld.time[event] == trial.time[row])
        for j in 0..<p {
          #expect(isClose(schoenfeld.values[event, j], try #require(slow.schoenfeld[row])[j], Self.tolerance, scale: 3))
          let step = (0..<p).reduce(0) { $0 + (slow.schoenfeld[row]?[$1] ?? .nan) * fit.covariance[$1, j] }
          let wanted = fit.coefficients[j] + Double(schoenfeld.row.count) * step
          #expect(isClose(scaled.values[event, j], wanted, 1e-9), "\(ties)")
        }
      }
    }
  }

  @Test("cumulative hazard, survival and their errors for any covariates", arguments: Seeds.all)
  func curves(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let p = trial.x.count
    var random = SplitMix64(seed: seed)
    let x = (0..<p).map { _ in Double.random(in: -2...2, using: &random) }
    let setting = try ConfidenceSetting(level: 0.9, transform: .logLog)
    let rows = seed % 5 == 0 ? Grouping((0..<trial.count).map { "\($0)" }) : nil
    for ties in TieMethod.approximations {
      guard let fit = try trial.fit(ties, cluster: rows) else { continue }
      let variance = fit.robustCovariance ?? fit.covariance
      let slow = SlowCoxResiduals(trial, ties: ties, beta: fit.coefficients)
      for s in 0..<fit.strataCount {
        for (covariates, curve) in [
          (x, try fit.curve(x, stratum: s, confidence: setting)),
          ([Double](repeating: 0, count: p), try fit.baseline(stratum: s, confidence: setting)),
        ] {
          let increments = slow.increments[s] ?? []
          #expect(curve.time == increments.map(\.time))
          let r = exp((0..<p).reduce(0) { $0 + fit.coefficients[$1] * covariates[$1] })
          var (hazard, own) = (0.0, 0.0)
          var g = [Double](repeating: 0, count: p)
          for (k, increment) in increments.enumerated() {
            hazard += increment.hazard
            own += increment.variance
            for j in 0..<p { g[j] += increment.means[j] - covariates[j] * increment.hazard }
            var form = 0.0
            for i in 0..<p {
              for j in 0..<p { form += g[i] * variance[i, j] * g[j] }
            }
            let error = r * (own + form).squareRoot()
            #expect(isClose(curve.cumulativeHazard[k], r * hazard, Self.tolerance, scale: 0), "\(ties)")
            #expect(isClose(curve.survival[k], exp(-r * hazard), Self.tolerance), "\(ties)")
            #expect(isClose(curve.standardErrorOfCumulativeHazard[k], error, 1e-9, scale: 0), "\(ties)")
            #expect(isClose(curve.standardErrorOfSurvival[k], error * exp(-r * hazard), 1e-9), "\(ties)")
          }
        }
      }
    }
  }
}
