import Testing

@testable import Survival

/// Profile-likelihood intervals, Firth's penalty and tests of terms: against a likelihood written apart from this one and
/// maximised with forty digits, and against their definitions on random trials.
@Suite struct CoxInferenceTests {
  private static let time: [Double] = [4, 3, 1, 1, 2, 2, 3, 2, 1, 4, 5, 2]
  private static let event = [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1].map { $0 == 1 }
  private static let entry: [Double] = [0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0]
  private static let weights = [1, 2, 0.5, 1, 3, 1, 1, 2, 0.5, 1, 1, 2]
  private static let x: [[Double]] = [
    [0, 2, 1, 1, 1, 0, 0, 2, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0],
  ]

  private func design(_ x: [[Double]]) throws -> DesignMatrix {
    try DesignMatrix(x.enumerated().map { .numeric(name: "x\($0)", values: $1) }, rows: x[0].count)
  }

  struct Penalised: Sendable, CustomTestStringConvertible {
    let ties: TieMethod
    let setting: String
    let coef: [Double]
    let se: [Double]
    let logLikelihoods: [Double]
    let chisq: [Double]
    let lower: [Double]
    let upper: [Double]
    var testDescription: String { "\(ties) \(setting)" }
  }

  /// Definitions in mpmath, forty digits: Newton on differences of 1e-12, limits by regula falsi.
  static let penalised = [
    Penalised(
      ties: .efron, setting: "plain", coef: [0.3382332958712962, 0.03473257574813852],
      se: [0.4916197303881392, 0.7786817996090169], logLikelihoods: [-14.56874628177523, -14.2735585371084],
      chisq: [0.5447114116685937, 0.002256682591636442], lower: [-0.5695235374009931, -1.406420674750231],
      upper: [1.319534611030922, 1.564542656999538]),
    Penalised(
      ties: .breslow, setting: "plain", coef: [0.3183340208323654, 0.08128289286953867],
      se: [0.4966605878512906, 0.7730404405999125], logLikelihoods: [-15.4334279376666, -15.1920913617496],
      chisq: [0.4705322712929531, 0.01256620945128201], lower: [-0.601653240842701, -1.353817919728801],
      upper: [1.307087256328307, 1.593051736827866]),
    Penalised(
      ties: .efron, setting: "entry strata", coef: [0.08226393898282767, 0.2295585478827575],
      se: [0.6068079610593908, 1.245096414833938], logLikelihoods: [-8.619226470462762, -8.59016859026805],
      chisq: [0.02117846195294548, 0.0456871822375473], lower: [-0.9834279474934419, -1.876406426953056],
      upper: [1.335144513401631, 2.69027459141854]),
    Penalised(
      ties: .breslow, setting: "entry strata", coef: [0.1896175694563073, 0.2652745430557238],
      se: [0.6006659619092056, 1.251864068568585], logLikelihoods: [-9.80038709999734, -9.723283834815834],
      chisq: [0.1172565403159181, 0.06029900541986544], lower: [-0.8711382410549328, -1.855860797808342],
      upper: [1.418830608616348, 2.737182168788334]),
    Penalised(
      ties: .efron, setting: "weights", coef: [0.3421773440766427, 0.01325270953302068],
      se: [0.4235769540833568, 0.6817094647686613], logLikelihoods: [-24.99850310000648, -24.53373707817747],
      chisq: [0.7533910497790712, 0.0004095648337460482], lower: [-0.4104673149376113, -1.276565312992175],
      upper: [1.236451371929711, 1.363144860934137]),
    Penalised(
      ties: .breslow, setting: "weights", coef: [0.3266115678086504, 0.02039582672966645],
      se: [0.4302749206701419, 0.6679333504902671], logLikelihoods: [-27.1361080859901, -26.74849212020407],
      chisq: [0.6599563191058326, 0.00101402111402416], lower: [-0.4415020962103941, -1.250025931940668],
      upper: [1.230052362476363, 1.331590485037656]),
  ]

  /// Firth's steps converge linearly, so coefficients stop within 1e-12 of their standard errors, limits likewise.
  @Test(arguments: penalised)
  func firth(case wanted: Penalised) throws {
    let isSplit = wanted.setting == "entry strata"
    let data = try TimeToEvent(
      time: Self.time, isEvent: Self.event, entry: isSplit ? Self.entry : nil,
      weights: wanted.setting == "weights" ? Self.weights : nil)
    let halves = Grouping(labels: ["a", "b"], codes: (0..<12).map { Int32($0 % 2) })
    let fit = try CoxModel(ties: wanted.ties, penalty: .firth).fit(
      data, design(Self.x), strata: isSplit ? halves : nil)
    let profiles = try fit.profiles()
    #expect(fit.converged && fit.warnings.isEmpty)
    #expect(firstDifference(fit.coefficients, wanted.coef, 1e-11) == nil)
    #expect(firstDifference(fit.standardErrors, wanted.se, 1e-11) == nil)
    #expect(firstDifference([fit.logLikelihoodNull, fit.logLikelihood], wanted.logLikelihoods, 1e-13) == nil)
    #expect(firstDifference(profiles.map(\.test.statistic), wanted.chisq, 1e-12) == nil)
    #expect(firstDifference(profiles.map(\.lower), wanted.lower, 1e-11) == nil)
    #expect(firstDifference(profiles.map(\.upper), wanted.upper, 1e-11) == nil)
    // Terms of one column are tested as their coefficients are.
    // From another start: the same to round-off.
    #expect(
      firstDifference(try fit.termLikelihoodRatioTests().map(\.test.statistic), wanted.chisq, 1e-12) == nil)
  }

  /// x = 1 for the first three of six deaths: no finite estimate, but a limit below; with Firth's penalty all is finite.
  @Test func monotone() throws {
    let data = try TimeToEvent(time: (1...6).map(Double.init), isEvent: [Bool](repeating: true, count: 6))
    for sign in [1.0, -1] {
      let x = [1.0, 1, 1, 0, 0, 0].map { $0 * sign }
      let plain = try CoxModel().fit(data, design([x])).profiles()[0]
      // 2 ln(1/36) against 2 ln(1/720), both by hand: 2 ln 20.
      #expect(isClose(plain.test.statistic, 5.991464547107982, 1e-13))
      let (finite, absence) = sign > 0 ? (plain.lower, plain.upperAbsence) : (-plain.upper, plain.lowerAbsence)
      #expect((sign > 0 ? plain.upper : plain.lower).isNaN && absence == .unbounded)
      // 2 Σ ln(1 + 3 e^−b/k), k = 1, 2, 3, is the fall at b: its root at 3.841458820694124, by bisection in forty digits.
      #expect(isClose(finite, 0.66446189631296066, 1e-13))
      let firth = try CoxModel(penalty: .firth).fit(data, design([x]))
      let profile = try firth.profiles()[0]
      #expect(isClose(firth.coefficients[0], 2.565240807371146 * sign, 1e-11))
      #expect(isClose(firth.standardErrors[0], 1.792151369917806, 1e-11))
      #expect(isClose(sign > 0 ? profile.lower : -profile.upper, 0.1567651266263116, 1e-11))
      #expect(isClose(sign > 0 ? profile.upper : -profile.lower, 7.486060990503363, 1e-11))
      #expect(isClose(profile.test.statistic, 4.432294656879135, 1e-12))
    }
  }

  /// A model refitted with the coefficient at its limit, as an offset, has lost exactly the quantile: 1e-11 of it, as the
  /// difference of two log-likelihoods of up to a few hundred.
  @Test(arguments: Seeds.all)
  func limitsLoseTheQuantile(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let isWeighted = trial.weights?.contains { $0 != 0 && $0 != 1 } ?? false
    // Exact ties take most of the time; a quarter of the trials has all shapes.
    for ties in TieMethod.allCases where !ties.isExact || (seed % 64 < 16 && !isWeighted) {
      guard let fit = try trial.fit(ties) else { continue }
      for (j, profile) in try fit.profiles(level: 0.9).enumerated() {
        func drop(_ b: Double) throws -> Double {
          let other = try CoxModel(ties: ties).fit(
            try trial.data(), design([trial.x[1 - j]]), strata: trial.strata, offset: trial.x[j].map { $0 * b })
          return 2 * (fit.logLikelihood - other.logLikelihood)
        }
        // qchisq(0.9, 1)
        #expect(isClose(try drop(profile.lower), 2.7055434540954146, 1e-11), "\(ties)")
        #expect(isClose(try drop(profile.upper), 2.7055434540954146, 1e-11), "\(ties)")
        #expect(isClose(profile.test.statistic, try drop(0), 1e-11), "\(ties)")
        #expect(profile.lower < fit.coefficients[j] && fit.coefficients[j] < profile.upper)
      }
    }
  }

  /// The derivative of the penalty against differences of the penalty itself, which lose half the digits.
  @Test(arguments: Seeds.all)
  func slopeOfThePenalty(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, covariates: 3)
    let problem = CoxProblem(try trial.data(), design: try trial.design(), strata: trial.strata, offset: nil)
    for ties in TieMethod.approximations {
      let beta = [0.3, -0.2, 0.1]
      func penalty(_ beta: [Double], _ columns: [Int] = [0, 1, 2]) -> FirthPenalty {
        FirthPenalty(CoxLikelihood(problem, ties: ties, beta: beta), columns: columns)
      }
      guard penalty(beta).value.isFinite else { continue }
      for columns in [[0, 1, 2], [0, 2]] {
        let gradient = penalty(beta, columns).gradient
        for j in columns {
          func at(_ h: Double) -> Double {
            var moved = beta
            moved[j] += h
            return penalty(moved, columns).value
          }
          let h = 1e-3
          let slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
          #expect(isClose(gradient[j], slope, 1e-8), "\(ties)")
        }
      }
    }
  }

  /// Terms whose columns are aliased wholly or in part: degrees of freedom are what the rank falls by.
  @Test func aliasedTerms() throws {
    let data = try TimeToEvent(time: Self.time, isEvent: Self.event)
    let levels = Grouping(labels: ["a", "b", "c"], codes: (0..<12).map { Int32($0 % 3) })
    func column(_ level: Int) -> [Double] { levels.codes.map { Int($0) == level ? 1 : 0 } }
    func fit(_ covariates: [DesignMatrix.Covariate]) throws -> CoxFit {
      try CoxModel().fit(data, try DesignMatrix(covariates, rows: 12))
    }
    let x = DesignMatrix.Covariate.numeric(name: "x", values: Self.x[0])
    let factor = DesignMatrix.Covariate.factor(name: "f", levels: levels, reference: nil)
    let full = try fit([x, factor])
    let alone = try fit([x])
    let without = try fit([factor])
    // The second factor copies a level of the first: wholly aliased, and the first is tested on what is its own.
    let copied = try fit([x, factor, .numeric(name: "copy", values: column(1))])
    let tests = try copied.termLikelihoodRatioTests()
    #expect(tests.map(\.term) == ["x", "f", "copy"] && tests.map(\.test.degreesOfFreedom) == [1, 1, 0])
    #expect(isClose(tests[0].test.statistic, 2 * (full.logLikelihood - without.logLikelihood), 1e-12))
    let copy = try fit([x, .numeric(name: "copy", values: column(1))])
    #expect(isClose(tests[1].test.statistic, 2 * (full.logLikelihood - copy.logLikelihood), 1e-12))
    #expect(tests[2].test.statistic.isNaN && copied.termWaldTests()[2].test.statistic.isNaN)
    #expect(copied.termWaldTests().map(\.test.degreesOfFreedom) == [1, 2, 0])
    #expect(isClose(copied.termWaldTests()[1].test.statistic, full.termWaldTests()[1].test.statistic, 1e-12))
    let plain = try full.termLikelihoodRatioTests()
    #expect(plain.map(\.test.degreesOfFreedom) == [1, 2])
    #expect(isClose(plain[1].test.statistic, 2 * (full.logLikelihood - alone.logLikelihood), 1e-12))
    let profile = try copied.profiles()[3]
    #expect(profile.lower.isNaN && profile.lowerAbsence == .aliased && profile.test.statistic.isNaN)
  }

  @Test("what a robust variance, exact ties and a penalty do not define together")
  func refused() throws {
    let data = try TimeToEvent(time: Self.time, isEvent: Self.event)
    let rows = Grouping((0..<12).map { "\($0)" })
    let robust = try CoxModel().fit(data, design(Self.x), cluster: rows)
    func code(_ body: () throws -> Void) -> CoxFitError.Code? {
      (#expect(throws: CoxFitError.self) { try body() })?.code
    }
    #expect(code { _ = try robust.profiles() } == .notDefined)
    #expect(code { _ = try robust.termLikelihoodRatioTests() } == .notDefined)
    let firth = { (ties: TieMethod, cluster: Grouping?) in
      _ = try CoxModel(ties: ties, penalty: .firth).fit(data, self.design(Self.x), cluster: cluster)
    }
    #expect(code { try firth(.efron, rows) } == .notDefined)
    #expect(code { try firth(.exactPartial, nil) } == .notDefined)
    let stopped = try CoxModel(maximumIterations: 1).fit(data, design(Self.x))
    #expect(try stopped.profiles()[0].lowerAbsence == .notFound)
  }
}
