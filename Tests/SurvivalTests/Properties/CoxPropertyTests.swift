import LinearAlgebra
import Testing

@testable import Survival

/// What must hold for any fit of the Cox model. Fits are run to round-off, so coefficients agree to the condition number
/// times some hundred roundings; 1e-9 leaves room for the worst conditioned of the random trials and for no formula.
@Suite struct CoxPropertyTests {
  private static let tolerance = 1e-9

  private func agree(_ a: CoxFit?, _ b: CoxFit?, _ tolerance: Double = tolerance) -> Bool {
    // A trial without a finite estimate must be one for both.
    guard let a, let b else { return a == nil && b == nil }
    return firstDifference(a.coefficients, b.coefficients, tolerance) == nil
      && firstDifference(a.standardErrors, b.standardErrors, tolerance) == nil
      && isClose(a.logLikelihood, b.logLikelihood, tolerance)
      && isClose(a.logLikelihoodNull, b.logLikelihoodNull, tolerance)
      && isClose(a.scoreTest.statistic, b.scoreTest.statistic, tolerance)
      && isClose(a.waldTest.statistic, b.waldTest.statistic, tolerance)
  }

  @Test("nearly every random trial has a finite estimate, so that the properties are not empty")
  func trialsAreFit() throws {
    let fitted = try Seeds.all.count { try RandomTrial.regression($0).fit() != nil }
    #expect(fitted > 200)
  }

  @Test("row order is round-off", arguments: Seeds.all)
  func rowOrder(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let other = trial.taking(trial.shuffledRows())
    for ties in TieMethod.approximations {
      let (a, b) = (try trial.fit(ties), try other.fit(ties))
      #expect(agree(a, b))
      #expect(isClose(a?.concordance.estimate ?? 0, b?.concordance.estimate ?? 0, 1e-12))
    }
  }

  @Test("the order of covariates orders the results", arguments: Seeds.all)
  func covariateOrder(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, covariates: 3)
    var other = trial
    other.x = [trial.x[2], trial.x[0], trial.x[1]]
    guard let a = try trial.fit(), let b = try other.fit() else { return }
    #expect(firstDifference([1, 2, 0].map { b.coefficients[$0] }, a.coefficients, Self.tolerance) == nil)
    #expect(firstDifference([1, 2, 0].map { b.standardErrors[$0] }, a.standardErrors, Self.tolerance) == nil)
    #expect(isClose(b.covariance[0, 1], a.covariance[2, 0], Self.tolerance))
    #expect(isClose(a.likelihoodRatioTest.statistic, b.likelihoodRatioTest.statistic, Self.tolerance))
  }

  @Test("the unit of time does not matter", arguments: Seeds.all)
  func timeUnit(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    var other = trial
    other.time = trial.time.map { $0 / 365.25 }
    other.entry = trial.entry?.map { $0 / 365.25 }
    #expect(agree(try trial.fit(), try other.fit(), 1e-12))
  }

  @Test("unit and origin of a covariate: coefficient times unit stays", arguments: Seeds.all)
  func covariateUnit(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    var other = trial
    other.x[0] = trial.x[0].map { 1000 * $0 + 1990 }
    guard let a = try trial.fit(), let b = try other.fit() else { return }
    #expect(isClose(1000 * b.coefficients[0], a.coefficients[0], Self.tolerance))
    #expect(isClose(1000 * b.standardErrors[0], a.standardErrors[0], Self.tolerance))
    #expect(isClose(b.coefficients[1], a.coefficients[1], Self.tolerance))
    #expect(isClose(b.logLikelihood, a.logLikelihood, Self.tolerance))
    #expect(isClose(b.concordance.estimate, a.concordance.estimate, 0.02), "but for ties broken by round-off")
  }

  @Test("x against -x: the sign and nothing else", arguments: Seeds.all)
  func sign(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    var other = trial
    other.x[0] = trial.x[0].map { -$0 }
    guard let a = try trial.fit(.breslow), let b = try other.fit(.breslow) else { return }
    #expect(
      isClose(b.coefficients[0], -a.coefficients[0], 1e-12) && isClose(b.coefficients[1], a.coefficients[1], 1e-12))
    #expect(firstDifference(a.standardErrors, b.standardErrors, 1e-12) == nil)
    #expect(isClose(a.logLikelihood, b.logLikelihood, 1e-13))
  }

  @Test("whole weights are copies under Breslow", arguments: Seeds.all)
  func copies(seed: UInt64) throws {
    var trial = RandomTrial.regression(seed, allowing: [.tied, .stratified, .truncated])
    let times = (0..<trial.count).map { 1 + ($0 * 5 + Int(seed)) % 3 }
    let copied = trial.taking((0..<trial.count).flatMap { [Int](repeating: $0, count: times[$0]) })
    trial.weights = times.map(Double.init)
    #expect(agree(try trial.fit(.breslow), try copied.fit(.breslow)))
  }

  @Test(
    "a common factor of the weights: coefficients and robust errors stay, variances are divided", arguments: Seeds.all)
  func weightFactor(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    var other = trial
    other.weights = (0..<trial.count).map { trial.weight($0) * 5 }
    let rows = Grouping((0..<trial.count).map { "\($0)" })
    guard let a = try trial.fit(cluster: rows), let b = try other.fit(cluster: rows) else { return }
    #expect(firstDifference(b.coefficients, a.coefficients, Self.tolerance) == nil)
    #expect(firstDifference(b.robustStandardErrors ?? [], a.robustStandardErrors ?? [.nan], Self.tolerance) == nil)
    #expect(firstDifference(b.standardErrors.map { $0 * 5.0.squareRoot() }, a.standardErrors, Self.tolerance) == nil)
  }

  @Test("a subject in pieces (start, stop] is one subject, and its pieces one cluster", arguments: Seeds.all)
  func splitting(seed: UInt64) throws {
    var trial = RandomTrial.regression(seed)
    if trial.entry == nil { trial.entry = [Double](repeating: 0, count: trial.count) }
    var random = SplitMix64(seed: seed)
    var rows: [Int] = []
    var pieces: [(entry: Double, time: Double, isEvent: Bool)] = []
    for i in 0..<trial.count {
      let start = trial.entry?[i] ?? 0
      // Cuts anywhere, also at times of events.
      let drawn = (0..<Int.random(in: 0...3, using: &random)).map { _ in Double.random(in: 0...1, using: &random) }
      let cuts = Set(drawn.map { start + (trial.time[i] - start) * $0 } + trial.time.prefix(2))
        .filter { $0 > start + 1e-6 && $0 < trial.time[i] - 1e-6 }.sorted()
      for (from, to) in zip([start] + cuts, cuts + [trial.time[i]]) {
        rows.append(i)
        pieces.append((from, to, trial.isEvent[i] && to == trial.time[i]))
      }
    }
    var split = trial.taking(rows)
    split.entry = pieces.map(\.entry)
    split.time = pieces.map(\.time)
    split.isEvent = pieces.map(\.isEvent)
    let whole = Grouping((0..<trial.count).map { "\($0)" })
    let subjects = Grouping(rows.map { "\($0)" })
    let ties: TieMethod = seed % 32 < 16 ? .efron : .breslow
    let (a, b) = (try trial.fit(ties, cluster: whole), try split.fit(ties, cluster: subjects))
    #expect(agree(a, b))
    #expect(firstDifference(b?.robustStandardErrors ?? [], a?.robustStandardErrors ?? [], Self.tolerance) == nil)
    // The curve of all rows, and every test on it, is the same too.
    let curves = try [trial, split].map {
      KaplanMeier(EventTable.tables(try $0.data())[0], confidence: try ConfidenceSetting())
    }
    for (k, t) in curves[0].time.enumerated() where curves[0].table.events[k] > 0 {
      let other = try #require(curves[1].time.firstIndex(of: t))
      #expect(isClose(curves[1].survival[other], curves[0].survival[k], 1e-12))
      #expect(isClose(curves[1].standardErrorOfSurvival[other], curves[0].standardErrorOfSurvival[k], 1e-12))
    }
  }

  @Test(
    "rows never at risk at an event, of weight 0, alone in a stratum, or in one without events", arguments: Seeds.all)
  func rowsThatSayNothing(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed | 6)
    var other = trial
    let fresh = (trial.stratum.max() ?? 0) + 1
    let firstEvent = (0..<trial.count).filter { trial.isEvent[$0] }.map { trial.time[$0] }.min() ?? 1
    // Stratum, time, event, weight, covariate.
    let added: [(Int, Double, Bool, Double, Double)] = [
      (0, firstEvent / 2, false, 2, 9), (0, 7, true, 0, 4), (1, 2, true, 0, -8), (fresh, 4, true, 1, 5),
      (fresh + 1, 3, false, 1, 2), (fresh + 1, 5, false, 1.5, -2),
    ]
    for (stratum, time, event, weight, value) in added {
      other.stratum.append(stratum)
      other.time.append(time)
      other.isEvent.append(event)
      other.weights?.append(weight)
      other.entry?.append(0)
      other.arm.append(0)
      for j in other.x.indices { other.x[j].append(value) }
    }
    for ties in TieMethod.approximations { #expect(agree(try trial.fit(ties), try other.fit(ties)), "\(ties)") }
  }

  @Test("at the estimate the score is 0, and expected events add up to events in every stratum", arguments: Seeds.all)
  func atTheMaximum(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    for ties in TieMethod.approximations {
      guard let fit = try trial.fit(ties) else { continue }
      let problem = fit.likelihood.problem
      let events = problem.totalEventWeight
      // Newton's last step leaves a score of the size of the round-off of its sums.
      for value in fit.likelihood.score() { #expect(abs(value) < 1e-10 * events) }
      #expect(fit.finalDecrement < 1e-18)
      let expected = fit.likelihood.expectedEvents()
      for s in 0..<problem.strataCount {
        let rows = problem.rowStarts[s]..<problem.rowStarts[s + 1]
        let sum = rows.reduce(0.0) { $0 + (problem.isEvent[$1] ? problem.weight($1) : 0) - expected[$1] }
        #expect(abs(sum) < 1e-12 * (1 + events))
      }
      // The information is positive definite, and the likelihood no lower anywhere near.
      #expect(Cholesky(fit.likelihood.information()) != nil)
      for j in trial.x.indices {
        for step in [-0.1, 0.1] {
          var beta = fit.coefficients
          beta[j] += step
          #expect(SlowCox(trial, ties: ties, beta: beta).logLikelihood < fit.logLikelihood)
        }
      }
    }
  }

  @Test("without ties Efron is Breslow", arguments: Seeds.all)
  func withoutTies(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.weighted, .stratified, .truncated])
    #expect(agree(try trial.fit(.efron), try trial.fit(.breslow), 1e-13))
  }

  @Test("a constant offset cancels, and an offset of x moves the coefficient by one", arguments: Seeds.all)
  func offsets(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    guard let a = try trial.fit() else { return }
    let constant = try trial.fit(offset: [Double](repeating: 700, count: trial.count))
    #expect(agree(constant, a))
    let moved = try #require(try trial.fit(offset: trial.x[0]))
    #expect(isClose(moved.coefficients[0], a.coefficients[0] - 1, Self.tolerance))
    #expect(isClose(moved.coefficients[1], a.coefficients[1], Self.tolerance))
    #expect(isClose(moved.logLikelihood, a.logLikelihood, Self.tolerance))
  }

  @Test("derivatives by Richardson's extrapolation, for 1, 2, 3 and 6 covariates", arguments: Seeds.all)
  func derivatives(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, covariates: [1, 2, 3, 6][Int(seed % 4)])
    let problem = CoxProblem(try trial.data(), design: try trial.design(), strata: trial.strata, offset: nil)
    let p = trial.x.count
    var random = SplitMix64(seed: seed)
    let beta = (0..<p).map { _ in Double.random(in: -0.5...0.5, using: &random) }
    let ties: TieMethod = seed % 8 < 4 ? .efron : .breslow
    func likelihood(_ j: Int, _ step: Double) -> CoxLikelihood {
      var moved = beta
      moved[j] += step
      return CoxLikelihood(problem, ties: ties, beta: moved)
    }
    /// (4 D(h/2) − D(h))/3 of the central difference D: an error of h⁴, near 1e-9 of the fifth derivative here.
    func slope(_ j: Int, _ f: (CoxLikelihood) -> Double) -> Double {
      let h = 1e-2
      func difference(_ h: Double) -> Double { (f(likelihood(j, h)) - f(likelihood(j, -h))) / (2 * h) }
      let (a, b, c) = (difference(h), difference(h / 2), difference(h / 4))
      let (first, second) = ((4 * b - a) / 3, (4 * c - b) / 3)
      return (16 * second - first) / 15
    }
    let here = CoxLikelihood(problem, ties: ties, beta: beta)
    let (score, information) = (here.score(), here.information())
    let size = problem.totalEventWeight
    for j in 0..<p {
      #expect(isClose(slope(j) { $0.logLikelihood }, score[j], 1e-6, scale: size))
      for k in 0..<p { #expect(isClose(-slope(j) { $0.score()[k] }, information[j, k], 1e-6, scale: 1e-3 * size)) }
    }
  }

  @Test(
    "robust errors under Breslow: derivatives of the coefficients in the weights, taken numerically",
    arguments: Seeds.all)
  func robust(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, rows: 10...16, covariates: 1)
    if trial.weights == nil { trial.weights = [Double](repeating: 1, count: trial.count) }
    let weights = trial.weights ?? []
    let rows = Grouping((0..<trial.count).map { "\($0)" })
    guard let fit = try trial.fit(.breslow, cluster: rows), let robust = fit.robustStandardErrors else { return }
    var sum = 0.0
    for i in weights.indices where weights[i] > 0 {
      let h = 1e-4
      func coefficient(_ step: Double) throws -> Double {
        trial.weights?[i] = weights[i] * (1 + step)
        defer { trial.weights?[i] = weights[i] }
        return try CoxModel(ties: .breslow).fit(try trial.data(), try trial.design(), strata: trial.strata)
          .coefficients[0]
      }
      let slope = (try coefficient(h) - coefficient(-h)) / (2 * h)
      sum += slope * slope
    }
    // Central differences: h² = 1e-8 of the third derivative, times the few rows there are.
    #expect(isClose(robust[0], sum.squareRoot(), 1e-6))
  }
}
