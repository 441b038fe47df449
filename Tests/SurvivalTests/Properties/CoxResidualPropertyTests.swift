import LinearAlgebra
import Testing

@testable import Survival

/// What must hold for residuals and predicted curves of any Cox fit.
@Suite struct CoxResidualPropertyTests {
  @Test("martingale and score residuals add up to 0, by strata and by columns", arguments: Seeds.all)
  func sums(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    for ties in TieMethod.approximations {
      guard let fit = try trial.fit(ties) else { continue }
      let (martingale, score) = (try fit.martingaleResiduals(), try fit.scoreResiduals())
      let rows = (0..<trial.count).filter { trial.weight($0) > 0 }
      let events = rows.reduce(1.0) { $0 + trial.weight($1) }
      for s in 0..<fit.strataCount {
        let inStratum = rows.filter { trial.strata == nil || trial.stratum[$0] == s }
        let sum = inStratum.reduce(0) { $0 + trial.weight($1) * martingale[$1] }
        #expect(abs(sum) < 1e-12 * events, "\(ties)")
      }
      for j in trial.x.indices {
        // The score at the estimate is what Newton's last step leaves.
        let sum = rows.reduce(0) { $0 + trial.weight($1) * score[$1, j] }
        #expect(abs(sum) < 1e-10 * events, "\(ties)")
      }
      let schoenfeld = try SchoenfeldResiduals(fit)
      if trial.weights == nil {
        for j in trial.x.indices {
          let sum = (0..<schoenfeld.values.rows).reduce(0) { $0 + schoenfeld.values[$1, j] }
          #expect(abs(sum) < 1e-10 * events, "\(ties)")
        }
      }
    }
  }

  @Test("dfbeta summed by clusters makes the robust variance", arguments: Seeds.all)
  func robust(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let clusters = Grouping((0..<trial.count).map { "\($0 / 3)" })
    for ties in TieMethod.approximations {
      guard let fit = try trial.fit(ties, cluster: clusters), let robust = fit.robustCovariance else { continue }
      let sums = try fit.dfbeta(by: clusters)
      for i in trial.x.indices {
        for j in trial.x.indices {
          let product = (0..<sums.rows).reduce(0) { $0 + sums[$1, i] * sums[$1, j] }
          #expect(isClose(product, robust[i, j], 1e-10, scale: robust[i, i] + robust[j, j]), "\(ties)")
        }
      }
    }
  }

  @Test("dfbeta is the slope of the coefficients in a row's weight (Breslow)", arguments: Seeds.all)
  func slopes(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, rows: 10...16, covariates: 1)
    let weights = (0..<trial.count).map { trial.weight($0) }
    trial.weights = weights
    guard let fit = try trial.fit(.breslow) else { return }
    let dfbeta = try fit.dfbeta()
    let row = Int(seed) % trial.count
    guard weights[row] > 0 else { return }
    let h = 1e-4
    func coefficient(_ step: Double) throws -> Double {
      trial.weights?[row] = weights[row] * (1 + step)
      return try CoxModel(ties: .breslow).fit(try trial.data(), try trial.design(), strata: trial.strata).coefficients[
        0]
    }
    // Central differences: an error of h² = 1e-8 of the third derivative.
    #expect(isClose(dfbeta[row, 0], (try coefficient(h) - coefficient(-h)) / (2 * h), 1e-6))
  }

  @Test("dfbeta foretells the refit without a row to first order", arguments: 0..<UInt64(128))
  func leaveOneOut(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated], rows: 200...240, covariates: 1)
    let ties: TieMethod = seed % 32 < 16 ? .efron : .breslow
    guard let fit = try trial.fit(ties) else { return }
    let dfbeta = try fit.dfbeta()
    var (missed, size) = (0.0, 0.0)
    for left in stride(from: Int(seed % 20), to: trial.count, by: 20) {
      let other = trial.taking((0..<trial.count).filter { $0 != left })
      let refit = try CoxModel(ties: ties).fit(try other.data(), try other.design(), strata: other.strata)
      let change = fit.coefficients[0] - refit.coefficients[0]
      missed += (change - dfbeta[left, 0]) * (change - dfbeta[left, 0])
      size += change * change
    }
    // One row of two hundred: the second order is some hundredth of the first, more for rows of great leverage late in
    // a stratum, where few are left.
    #expect(missed < 0.1 * size, "\(missed / size)")
  }

  @Test("residuals of a subject in pieces add up to those of the subject; curves stay", arguments: Seeds.all)
  func splitting(seed: UInt64) throws {
    var trial = RandomTrial.regression(seed)
    if trial.entry == nil { trial.entry = [Double](repeating: 0, count: trial.count) }
    var rows: [Int] = []
    var split = trial
    var (entry, time, isEvent) = ([Double](), [Double](), [Bool]())
    for i in 0..<trial.count {
      let start = trial.entry?[i] ?? 0
      let cuts = Set(trial.time.prefix(3)).filter { $0 > start + 1e-6 && $0 < trial.time[i] - 1e-6 }.sorted()
      for (from, to) in zip([start] + cuts, cuts + [trial.time[i]]) {
        rows.append(i)
        entry.append(from)
        time.append(to)
        isEvent.append(trial.isEvent[i] && to == trial.time[i])
      }
    }
    split = trial.taking(rows)
    (split.entry, split.time, split.isEvent) = (entry, time, isEvent)
    let setting = try ConfidenceSetting()
    for ties in TieMethod.approximations {
      guard let a = try trial.fit(ties), let b = try split.fit(ties) else { continue }
      let (whole, pieces) = (try a.martingaleResiduals(), try b.martingaleResiduals())
      let (wholeScore, pieceScores) = (try a.scoreResiduals(), try b.scoreResiduals())
      for i in 0..<trial.count where trial.weight(i) > 0 {
        let parts = rows.indices.filter { rows[$0] == i }
        #expect(isClose(parts.reduce(0) { $0 + pieces[$1] }, whole[i], 1e-9))
        #expect(isClose(parts.reduce(0) { $0 + pieceScores[$1, 0] }, wholeScore[i, 0], 1e-9))
      }
      for s in 0..<a.strataCount {
        let curves = try [a, b].map { try $0.curve([0.5, 1], stratum: s, confidence: setting) }
        #expect(curves[0].time == curves[1].time)
        #expect(firstDifference(curves[0].cumulativeHazard, curves[1].cumulativeHazard, 1e-9) == nil)
        #expect(firstDifference(curves[0].standardErrorOfSurvival, curves[1].standardErrorOfSurvival, 1e-9) == nil)
      }
    }
  }

  @Test(
    "origin and unit of a covariate: the same curves and residuals, the baseline at the moved origin",
    arguments: Seeds.all)
  func origin(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let (unit, shift) = ([1000, 0.001, -8][Int(seed % 3)], [1990, -3, 1e9][Int(seed / 3 % 3)])
    // Values that the moved covariate holds exactly, so that only the computation can lose digits.
    var (plain, moved) = (trial, trial)
    plain.x[0] = trial.x[0].map { ($0 * 64).rounded() / 64 }
    moved.x[0] = plain.x[0].map { unit * $0 + shift }
    if shift == 1e9 { plain.x[0] = moved.x[0].map { ($0 - shift) / unit } }
    let setting = try ConfidenceSetting(transform: .logLog)
    for ties in TieMethod.approximations {
      guard let a = try plain.fit(ties), let b = try moved.fit(ties) else { continue }
      #expect(firstDifference(try a.martingaleResiduals(), try b.martingaleResiduals(), 1e-9) == nil)
      #expect(firstDifference(a.centredLinearPredictors, b.centredLinearPredictors, 1e-8) == nil)
      #expect(isClose(b.means[0], unit * a.means[0] + shift, 1e-14, scale: abs(shift) + abs(unit)))
      for s in 0..<a.strataCount {
        let baseline = try a.baseline(stratum: s, confidence: setting)
        let same = try b.curve([shift, 0], stratum: s, confidence: setting)
        #expect(firstDifference(baseline.cumulativeHazard, same.cumulativeHazard, 1e-9) == nil)
        #expect(firstDifference(baseline.standardErrorOfSurvival, same.standardErrorOfSurvival, 1e-9) == nil)
        #expect(firstDifference(baseline.lower, same.lower, 1e-8) == nil)
      }
    }
  }

  @Test("curves fall, lie inside their intervals, and begin at 1 and end at the last observation", arguments: Seeds.all)
  func shape(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    guard let fit = try trial.fit() else { return }
    for transform in ConfidenceTransform.allCases {
      let setting = try ConfidenceSetting(transform: transform)
      for s in 0..<fit.strataCount {
        let curve = try fit.curve([1, 0], stratum: s, confidence: setting)
        for k in curve.time.indices {
          #expect(curve.survival[k] >= 0 && curve.survival[k] <= (k == 0 ? 1 : curve.survival[k - 1]))
          guard curve.survival[k] > 0 else { continue }
          #expect(curve.lower[k] <= curve.survival[k] && curve.survival[k] <= curve.upper[k])
          #expect(curve.lower[k] >= 0 && curve.upper[k] <= 1)
        }
        let first = curve.time.first ?? .infinity
        let points = curve.points([first / 2, first, curve.lastTime, curve.lastTime + 1].filter(\.isFinite))
        #expect(points.last?.isBeyondLastObservation == true && points.last?.survival.isNaN == true)
        guard points.count == 4 else { continue }
        #expect(points[0].survival == 1 && points[0].standardErrorOfSurvival == 0 && points[0].cumulativeHazard == 0)
        #expect(points[1].survival == curve.survival[0] && points[2].survival == curve.survival.last)
      }
    }
  }

  @Test("an offset is a covariate with a coefficient of one", arguments: Seeds.all)
  func offsets(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let setting = try ConfidenceSetting()
    guard let a = try trial.fit(offset: trial.x[1].map { $0 - 0.5 }), let b = try trial.fit() else { return }
    let curve = try a.curve([1, 2], offset: 1.5, confidence: setting)
    let other = try b.curve([1, 2], confidence: setting)
    #expect(firstDifference(curve.cumulativeHazard, other.cumulativeHazard, 1e-9) == nil)
    #expect(firstDifference(try a.martingaleResiduals(), try b.martingaleResiduals(), 1e-9) == nil)
  }

  @Test("aliased columns have no residual and move no curve; an infinite coefficient leaves no standard error")
  func withoutEstimate() throws {
    let setting = try ConfidenceSetting()
    let data = try TimeToEvent(time: [4, 3, 1, 1, 2, 2, 3], isEvent: [true, true, true, false, true, true, false])
    let x: [Double] = [0, 2, 1, 1, 1, 0, 0]
    let plain = try CoxModel().fit(data, try DesignMatrix([.numeric(name: "x", values: x)], rows: 7))
    let doubled = try CoxModel().fit(
      data,
      try DesignMatrix([.numeric(name: "x", values: x), .numeric(name: "y", values: x.map { 3 - $0 })], rows: 7))
    #expect(try doubled.martingaleResiduals() == plain.martingaleResiduals())
    let score = try doubled.scoreResiduals()
    #expect(score[0, 1].isNaN && !score[0, 0].isNaN)
    #expect(try doubled.dfbeta()[0, 1].isNaN && SchoenfeldResiduals(doubled, isScaled: true).values[0, 1].isNaN)
    let (a, b) = (try plain.curve([1], confidence: setting), try doubled.curve([1, 77], confidence: setting))
    #expect(a.cumulativeHazard == b.cumulativeHazard)
    #expect(a.standardErrorOfSurvival == b.standardErrorOfSurvival)
    let six = try TimeToEvent(time: [1, 2, 3, 4, 5, 6], isEvent: [Bool](repeating: true, count: 6))
    let infinite = try CoxModel().fit(
      six, try DesignMatrix([.numeric(name: "x", values: [1, 1, 1, 0, 0, 0])], rows: 6))
    let curve = try infinite.baseline(confidence: setting)
    #expect(curve.survival.allSatisfy { $0 >= 0 && $0 <= 1 } && curve.standardErrorOfSurvival.allSatisfy(\.isNaN))
  }
}
