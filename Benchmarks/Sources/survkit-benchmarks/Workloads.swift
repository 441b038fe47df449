import Survival

/// The analyses of the workloads, each from plain arrays in memory to the answer: checks, order and counts are inside.
struct Workload: Sendable {
  let method: String
  /// Loads the arrays and returns what is timed.
  let prepare: @Sendable (RawData) throws -> () throws -> Answer

  static let all = [
    Workload(method: "cox_efron") { try cox($0, .efron) },
    Workload(method: "cox_breslow") { try cox($0, .breslow) },
    Workload(method: "cox_exact") { try cox($0, .exactPartial) },
    Workload(method: "km_logrank", prepare: curvesAndTest),
    Workload(method: "power", prepare: power),
    Workload(method: "boot", prepare: bootstrap),
  ]

  private static func cox(_ raw: RawData, _ ties: TieMethod) throws -> () throws -> Answer {
    let time = try raw.numbers("time")
    let isEvent = try raw.integers("status").map { $0 != 0 }
    let start = raw.has("start.f64") ? try raw.numbers("start") : nil
    let x = try raw.numbers("x")
    let names = (1...raw.covariates).map { "x\($0)" }
    return {
      let data = try TimeToEvent(time: time, isEvent: isEvent, entry: start)
      let fit = try CoxModel(ties: ties).fit(data, DesignMatrix(columnNames: names, values: x, rows: raw.rows))
      return Answer(
        coefficients: fit.coefficients, standardErrors: fit.standardErrors,
        logLikelihood: [fit.logLikelihoodNull, fit.logLikelihood], statistic: [fit.scoreTest.statistic],
        extra: [Double(fit.iterations)])
    }
  }

  private static func curvesAndTest(_ raw: RawData) throws -> () throws -> Answer {
    let time = try raw.numbers("time")
    let isEvent = try raw.integers("status").map { $0 != 0 }
    let groups = Grouping(labels: ["0", "1"], codes: try raw.integers("group"))
    let setting = try ConfidenceSetting(level: 0.95, transform: .log)
    return {
      let data = try TimeToEvent(time: time, isEvent: isEvent)
      let curves = try KaplanMeier.curves(data, by: groups, confidence: setting)
      let test = try LogRankTest(data, groups: groups)
      return Answer(
        statistic: [test.result.statistic],
        extra: test.observed + test.expected
          + curves.flatMap { [$0.survival.last ?? .nan, $0.standardErrorOfSurvival.last ?? .nan] })
    }
  }

  private static func bootstrap(_ raw: RawData) throws -> () throws -> Answer {
    let time = try raw.numbers("time")
    let isEvent = try raw.integers("status").map { $0 != 0 }
    let x = try raw.numbers("x")
    let names = (1...raw.covariates).map { "x\($0)" }
    let index = try raw.integers("index")
    return {
      let data = try TimeToEvent(time: time, isEvent: isEvent)
      let fit = try CoxModel(ties: .efron).fit(data, DesignMatrix(columnNames: names, values: x, rows: raw.rows))
      let found = try CoxBootstrap(fit, resamples: index)
      return Answer(
        coefficients: found.names.indices.map { found.coefficients[0, $0] },
        standardErrors: try found.names.indices.map {
          try BootstrapInterval(Array(found.values($0).prefix(500)), level: 0.95).standardError
        },
        extra: [Double(found.coefficients.rows)])
    }
  }

  private static func power(_ raw: RawData) throws -> () throws -> Answer {
    let time = try raw.numbers("time")
    let isEvent = try raw.integers("status").map { $0 != 0 }
    let isExperimental = try raw.integers("group").map { $0 != 0 }
    let analysis = try TwoArmAnalysis(ties: .efron)
    return {
      let trials = try analysis.trials(
        ofSize: raw.rows, time: time, isEvent: isEvent, isExperimental: isExperimental)
      let first = trials.prefix(5)
      return Answer(
        coefficients: first.map(\.logHazardRatio), standardErrors: first.map(\.standardError),
        statistic: first.map { $0.chiSquared ?? .nan }, extra: [Double(trials.count)])
    }
  }
}
