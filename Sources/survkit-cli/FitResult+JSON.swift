internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

extension FitResult {
  private func test(_ test: ChiSquaredTest) -> JSONValue {
    .members(
      ("chisq", .number(test.statistic)), ("df", .integer(test.degreesOfFreedom)), ("p", .number(test.p)),
      ("log_p", .number(test.logP)))
  }

  private var curveValues: [JSONValue] {
    zip(labels, curves).map { label, curve in
      let median = curve.median(rule: convention.quantileRule)
      return .members(
        ("group", .string(label)), ("n", .integer(curve.count)), ("events", .number(curve.table.totalEvents)),
        (
          "median",
          .members(
            ("estimate", .optional(median.estimate)), ("lower", .optional(median.lower)),
            ("upper", .optional(median.upper)),
            ("reason", median.estimate == nil ? .string("not reached") : .null))
        ),
        (
          "landmarks",
          .array(
            curve.landmarks(landmarkTimes).map {
              .members(
                ("time", .number($0.time)), ("n_risk", .number($0.atRisk)), ("surv", .number($0.survival)),
                ("std_err", .number($0.standardErrorOfSurvival)), ("lower", .number($0.lower)),
                ("upper", .number($0.upper)), ("beyond_last_observation", .bool($0.isBeyondLastObservation)))
            })
        ),
        ("time", .numbers(curve.time)), ("n_risk", .numbers(curve.table.atRisk)),
        ("n_event", .numbers(curve.table.events)), ("n_censor", .numbers(curve.table.censored)),
        ("surv", .numbers(curve.survival)), ("std_err", .numbers(curve.standardErrorOfSurvival)),
        (
          "ci",
          .members(
            (
              confidence.transform.rawValue,
              .members(
                ("lower", .numbers(curve.lower)), ("upper", .numbers(curve.upper)))
            ))
        ))
    }
  }

  private func coxValue(_ fit: CoxFit) -> JSONValue {
    let ratios = fit.hazardRatios(level: confidence.level)
    return .members(
      ("terms", .array(fit.names.map(JSONValue.string))), ("coef", .numbers(fit.coefficients)),
      ("se", .numbers(fit.standardErrors)), ("hr", .numbers(ratios.map(\.estimate))),
      ("hr_lower", .numbers(ratios.map(\.lower))), ("hr_upper", .numbers(ratios.map(\.upper))),
      ("z", .numbers(fit.z)), ("p", .numbers(fit.p)), ("loglik_null", .number(fit.logLikelihoodNull)),
      ("loglik", .number(fit.logLikelihood)), ("lr_test", test(fit.likelihoodRatioTest)),
      ("wald_test", test(fit.waldTest)), ("score_test", test(fit.scoreTest)),
      ("vcov", .array(fit.covariance.rowArrays.map(JSONValue.numbers))),
      (
        "concordance",
        .members(("c", .number(fit.concordance.estimate)), ("se", .number(fit.concordance.standardError)))
      ),
      ("iterations", .integer(fit.iterations)), ("converged", .bool(fit.converged)))
  }

  /// The JSON document of `survkit fit`.
  var json: JSONValue {
    let dataset = loaded.dataset
    var result: [JSONValue.Member] = [.init("km", .members(("curves", .array(curveValues))))]
    if let logRank {
      result.append(
        .init(
          "log_rank",
          .members(
            ("groups", .array(logRank.labels.map(JSONValue.string))), ("observed", .numbers(logRank.observed)),
            ("expected", .numbers(logRank.expected)),
            ("variance", .array(logRank.variance.rowArrays.map(JSONValue.numbers))),
            ("chisq", .number(logRank.result.statistic)), ("df", .integer(logRank.result.degreesOfFreedom)),
            ("p", .number(logRank.result.p)), ("log_p", .number(logRank.result.logP)))))
    }
    if let cox { result.append(.init("cox", coxValue(cox))) }
    if let zph = proportionalHazards {
      result.append(
        .init(
          "zph",
          .members(
            ("transform", .string(zph.transform.rawValue)), ("terms", .array(zph.names.map(JSONValue.string))),
            ("chisq", .numbers(zph.results.map(\.statistic))), ("p", .numbers(zph.results.map(\.p))),
            ("global", test(zph.global)))))
    }
    if let tau = restrictedMeans.first?.tau {
      result.append(
        .init(
          "rmst",
          .members(
            ("tau", .number(tau)),
            (
              "groups",
              .array(
                zip(labels, restrictedMeans).map { label, mean in
                  .members(
                    ("group", .string(label)), ("rmst", .number(mean.estimate)), ("se", .number(mean.standardError)),
                    ("lower", .number(mean.lower)), ("upper", .number(mean.upper)), ("rmtl", .number(mean.timeLost)))
                })
            ))))
    }
    return .members(
      ("schema", .string("survkit/1")), ("command", .string("fit")),
      (
        "settings",
        .members(
          ("like", .string(convention.rawValue)), ("level", .number(confidence.level)),
          ("conf_type", .string(confidence.transform.rawValue)), ("ties", .string(convention.ties.rawValue)),
          ("quantile_rule", .string(convention.quantileRule.rawValue)), ("hr_interval", .string("wald")),
          ("reference", .string(labels[0])), ("tie_tolerance", .number(loaded.data.tieTolerance)),
          ("strata", .array(loaded.strataNames.map(JSONValue.string))))
      ),
      (
        "data",
        .members(
          ("file", .string(dataset.file)), ("rows_read", .integer(dataset.rowsRead)),
          ("rows_used", .integer(dataset.rowsUsed)),
          (
            "dropped",
            .array(
              dataset.dropped.map { .members(("column", .string($0.column)), ("rows", .integer($0.rows))) })
          ),
          ("event_coding", .string(dataset.coding.sentence)), ("events", .integer(dataset.coding.events)),
          ("censored", .integer(dataset.coding.censored)), ("merged_times", .integer(loaded.data.mergedValues)))
      ),
      ("warnings", .array(remarks.map { .members(("message", .string($0))) })), ("result", .object(result)))
  }
}
