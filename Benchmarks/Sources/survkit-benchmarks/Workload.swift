import Survival

/// One analysis that survkit and R both do on the same columns.
struct Workload {
  enum Analysis: String {
    case cox
    case kaplanMeier = "km"
    case logRank = "logrank"
  }

  let name: String
  let analysis: Analysis
  let rows: Int
  let covariates: Int
  /// What R is asked to time, with the words for the table.
  let rTasks: [(task: String, title: String)]

  static let all: [Workload] = [
    Workload(
      name: "cox-1e6", analysis: .cox, rows: 1_000_000, covariates: 10,
      rTasks: [("cox-lean", "coxph.fit"), ("cox", "coxph")]),
    Workload(
      name: "cox-1e5", analysis: .cox, rows: 100_000, covariates: 10,
      rTasks: [("cox-lean", "coxph.fit"), ("cox", "coxph")]),
    Workload(
      name: "km-1e6", analysis: .kaplanMeier, rows: 1_000_000,
      covariates: 0, rTasks: [("km", "survfit")]),
    Workload(
      name: "logrank-1e6", analysis: .logRank, rows: 1_000_000,
      covariates: 0, rTasks: [("logrank", "survdiff")]),
  ]

  func title(rows: Int) -> String {
    switch analysis {
    case .cox: "Cox, \(rows) x \(covariates), days, Efron"
    case .kaplanMeier: "Kaplan-Meier, 2 groups, \(rows) rows"
    case .logRank: "Log-rank, 2 groups, \(rows) rows"
    }
  }

  /// The whole analysis from plain arrays: checks, order, design, fit. Returns the numbers to compare with R's.
  func run(_ trial: SyntheticTrial) throws -> [Double] {
    let data = try trial.timeToEvent()
    switch analysis {
    case .cox:
      let fit = try CoxModel(ties: .efron).fit(data, try trial.design())
      return fit.coefficients + fit.standardErrors
    case .kaplanMeier:
      let setting = try ConfidenceSetting(level: 0.95, transform: .log)
      return try KaplanMeier.curves(data, by: trial.grouping, confidence: setting).flatMap(\.survival)
    case .logRank:
      return [try LogRankTest(data, groups: trial.grouping).result.statistic]
    }
  }
}
