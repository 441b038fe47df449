import LinearAlgebra
import Testing

@testable import Survival

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Exact ties against counting every subset and every order, numeric derivatives, and values in closed form.
@Suite struct ExactTiesTests {
  private static let methods: [TieMethod] = [.exactPartial, .exactMarginal]
  private static let shapes: TrialShape = [.tied, .stratified, .truncated]

  private func problem(_ trial: RandomTrial, offset: [Double]? = nil) throws -> CoxProblem {
    CoxProblem(try trial.data(), design: try trial.design(), strata: trial.strata, offset: offset)
  }

  private func draw(_ trial: RandomTrial) -> [Double] {
    var random = SplitMix64(seed: trial.seed)
    return trial.x.indices.map { _ in Double.random(in: -1...1, using: &random) }
  }

  @Test("log-likelihood by enumeration, up to six ties, strata, delayed entry, offsets", arguments: Seeds.all)
  func enumeration(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.shapes, rows: 6...22)
    let beta = draw(trial)
    let offset = seed % 3 == 0 ? (0..<trial.count).map { Double($0 % 5) - 2 } : nil
    let problem = try problem(trial, offset: offset)
    for ties in Self.methods {
      guard
        let slow = SlowExactTies.logLikelihood(
          trial, isMarginal: ties == .exactMarginal, beta: beta, offset: offset)
      else { continue }
      let fast = CoxLikelihood(problem, ties: ties, beta: zip(beta, problem.scale).map { $0 * $1 })
      // Sums of up to 75,000 products on the slow side: a few hundred roundings at random.
      #expect(isClose(fast.logLikelihood, slow, 1e-12, scale: 1), "\(ties)")
    }
  }

  @Test("most random trials can be counted, and have ties")
  func isCompared() throws {
    let trials = Seeds.all.map { RandomTrial(seed: $0, allowing: Self.shapes, rows: 6...22) }
    let counted = trials.count { SlowExactTies.logLikelihood($0, isMarginal: true, beta: [0, 0]) != nil }
    let tied = try trials.count { try problem($0).eventRows.contains { $0 > 1 } }
    #expect(counted > 200 && tied > 100)
  }

  @Test("score and information by Richardson's extrapolation", arguments: 0..<UInt64(128))
  func derivatives(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.shapes, rows: 15...40, covariates: [1, 2, 3, 6][Int(seed % 4)])
    let problem = try problem(trial)
    let beta = draw(trial).map { $0 / 2 }
    for ties in Self.methods {
      let here = CoxLikelihood(problem, ties: ties, beta: beta)
      let (score, information) = (here.score(), here.information())
      let size = problem.totalEventWeight
      for j in beta.indices {
        // Value and score on both sides, at three distances.
        let differences = [1e-2, 5e-3, 2.5e-3].map { h in
          let sides = [h, -h].map { step in
            var moved = beta
            moved[j] += step
            let likelihood = CoxLikelihood(problem, ties: ties, beta: moved)
            return [likelihood.logLikelihood] + likelihood.score()
          }
          return zip(sides[0], sides[1]).map { ($0 - $1) / (2 * h) }
        }
        // Extrapolated twice: an error of h⁶, and round-off of 1e-14/h.
        let slopes = (0...beta.count).map { slope(differences, $0) }
        #expect(isClose(slopes[0], score[j], 1e-8, scale: size), "\(ties)")
        for k in beta.indices { #expect(isClose(-slopes[k + 1], information[j, k], 1e-8, scale: size), "\(ties)") }
      }
    }
  }

  private func slope(_ differences: [[Double]], _ k: Int) -> Double {
    let (a, b, c) = (differences[0][k], differences[1][k], differences[2][k])
    return (16 * (4 * c - b) / 3 - (4 * b - a) / 3) / 15
  }

  @Test("without ties both are Breslow's likelihood", arguments: Seeds.all)
  func withoutTies(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.stratified, .truncated])
    for ties in Self.methods {
      // Tests of the kernels switch the instructions of the whole process for a moment, which shows in last digits.
      #expect(try isBreslows(trial, ties) || isBreslows(trial, ties), "\(ties)")
    }
  }

  private func isBreslows(_ trial: RandomTrial, _ ties: TieMethod) throws -> Bool {
    guard let breslow = try trial.fit(.breslow) else { return true }
    let fit = try #require(try trial.fit(ties))
    return fit.coefficients == breslow.coefficients && fit.covariance == breslow.covariance
      && fit.logLikelihood == breslow.logLikelihood
  }

  @Test(
    "equal risks: one over the number of subsets, for hundreds of ties",
    arguments: [(2, 1), (7, 7), (40, 20), (600, 300), (1000, 400), (1200, 30), (500, 499)])
  func equalRisks(n: Int, d: Int) throws {
    // Only a time with ties is treated exactly; one event of two is a plain term.
    let set = TiedRiskSet(equal: n, events: d)
    let expected = lgamma(Double(d + 1)) + lgamma(Double(n - d + 1)) - lgamma(Double(n + 1))
    let size = abs(lgamma(Double(n + 1)))
    // Subsets of a finite population: mean and variance of the hypergeometric distribution.
    let ones = set.x.reduce(0, +)
    let share = ones / Double(n)
    let variance = Double(d) * share * (1 - share) * Double(n - d) / Double(max(n - 1, 1))
    let tied = set.x[..<d].reduce(0, +)
    let partial = set.partialLikelihood()
    // lgamma is right to an ulp of values up to `size`.
    #expect(isClose(partial.logLikelihood, expected, 1e-14, scale: size))
    #expect(isClose(partial.score[0], tied - Double(d) * share, 1e-12, scale: Double(d)))
    #expect(isClose(partial.information[0], variance, 1e-12))
    let marginal = set.marginalLikelihood()
    #expect(isClose(marginal.logLikelihood, expected, 1e-14, scale: size))
    #expect(marginal.information[0] >= 0 && marginal.information[0].isFinite)
  }

  @Test("risks six hundred orders of e apart stay in range", arguments: [1.0, 30, 300, 600])
  func farApart(_ spread: Double) {
    // Two tied events with ln r = 0 and −spread, beside one other with ln r = −1.
    let logRisk = [0, -spread, -1]
    let set = TiedRiskSet(logRisk: logRisk, events: 2)
    // Subsets {1,2}, {1,3}, {2,3}, divided by the first.
    let partial = -log1p(exp(-1 + spread) + exp(-1))
    #expect(isClose(set.partialLikelihood().logLikelihood, partial, 1e-14))
    // Orders 1,2 and 2,1, the small risk taken out of both.
    let (b, c) = (exp(-spread), exp(-1.0))
    let marginal = -spread + log(1 / (1 + b + c) * (1 / (b + c) + 1 / (1 + c)))
    #expect(isClose(set.marginalLikelihood().logLikelihood, marginal, 1e-14))
    for term in [set.partialLikelihood(), set.marginalLikelihood()] {
      #expect(term.score[0].isFinite && term.information[0] >= 0)
    }
  }

  @Test("all at risk have the event: certain, whatever the covariates")
  func everybody() {
    let set = TiedRiskSet(logRisk: [0, -1, -2, -0.5], events: 4)
    for term in [set.partialLikelihood(), set.marginalLikelihood()] {
      #expect(term.logLikelihood == 0 && abs(term.score[0]) < 1e-15 && abs(term.information[0]) < 1e-15)
    }
  }

  private static let time: [Double] = [4, 3, 1, 1, 2, 2, 3]
  private static let event = [1, 1, 1, 0, 1, 1, 0].map { $0 == 1 }
  private static let x: [Double] = [0, 2, 1, 1, 1, 0, 0]

  @Test("seven subjects of Therneau's first test data")
  func sevenSubjects() throws {
    let data = try TimeToEvent(time: Self.time, isEvent: Self.event)
    let design = try DesignMatrix([.numeric(name: "x", values: Self.x)], rows: 7)
    let partial = try CoxModel(ties: .exactPartial).fit(data, design)
    #expect(isClose(partial.coefficients[0], 0.577453774439073, 1e-13))
    #expect(isClose(partial.logLikelihoodNull, -5.34710753071747, 1e-14))
    #expect(isClose(partial.logLikelihood, -4.93554593588757, 1e-14))
    // By hand, b = exp β: at 1 one event (x = 1) of seven with risks 1, b², b, b, b, 1, 1; at 2 two (x = 1, 0) of five,
    // beside 1, b², 1; at 3 one (x = 2) of three. At β = 0 the orders at 2 have 2 · 1/5 · 1/4.
    let marginal = try CoxModel(ties: .exactMarginal).fit(data, design)
    #expect(isClose(marginal.logLikelihoodNull, -log(7) - log(10) - log(3), 1e-14))
    let b = exp(marginal.coefficients[0])
    let others = 1 + 1 + b * b
    let tied = log(b / (others + 1 + b) * (1 / (others + 1) + 1 / (others + b)))
    let single = log(b / (3 + 3 * b + b * b)) + log(b * b / (2 + b * b))
    #expect(isClose(marginal.logLikelihood, tied + single, 1e-13))
  }

  @Test("what has no meaning with exact ties is refused by name", arguments: methods)
  func refused(ties: TieMethod) throws {
    let design = try DesignMatrix([.numeric(name: "x", values: Self.x)], rows: 7)
    let plain = try TimeToEvent(time: Self.time, isEvent: Self.event)
    let weighted = try TimeToEvent(time: Self.time, isEvent: Self.event, weights: [1, 1, 2, 1, 1, 1, 1])
    let model = CoxModel(ties: ties)
    func code(_ body: () throws -> Void) -> CoxFitError.Code? {
      do {
        try body()
        return nil
      } catch { return (error as? CoxFitError)?.code }
    }
    #expect(code { _ = try model.fit(weighted, design) } == .notDefined)
    let rows = Grouping((0..<7).map { "\($0)" })
    #expect(code { _ = try model.fit(plain, design, cluster: rows) } == .notDefined)
    let fit = try model.fit(plain, design)
    #expect(code { _ = try ProportionalHazardsTest(fit, data: plain) } == .notDefined)
    #expect(code { _ = try fit.martingaleResiduals() } == .notDefined)
    #expect(code { _ = try fit.dfbeta() } == .notDefined)
    #expect(code { _ = try SchoenfeldResiduals(fit) } == .notDefined)
    #expect(code { _ = try fit.baseline(confidence: ConfidenceSetting()) } == .notDefined)
    // Weights of 0 and 1 say who is there.
    let absent = try TimeToEvent(time: Self.time, isEvent: Self.event, weights: [1, 1, 1, 0, 1, 1, 1])
    #expect(try model.fit(absent, design).count == 7)
  }
}

extension TiedRiskSet {
  /// One covariate of 0 and 1, every third row 1, and equal risks.
  fileprivate init(equal n: Int, events: Int) {
    self.init(
      p: 1, risk: [Double](repeating: 1, count: n), logRisk: [Double](repeating: 0, count: n),
      x: (0..<n).map { $0 % 3 == 0 ? 1 : 0 }, events: events)
  }

  fileprivate init(logRisk: [Double], events: Int) {
    self.init(p: 1, risk: logRisk.map { exp($0) }, logRisk: logRisk, x: logRisk, events: events)
  }
}
