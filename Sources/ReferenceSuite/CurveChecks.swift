internal import Survival

extension CheckData {
  private func groupTables() -> [EventTable] { EventTable.tables(data, by: grouping("group")) }

  private func setting(_ transform: ConfidenceTransform = .log) throws -> ConfidenceSetting {
    try ConfidenceSetting(level: level, transform: transform)
  }

  private var transforms: [ConfidenceTransform] {
    (analysis["conf_types"]?.strings ?? []).compactMap(ConfidenceTransform.init(rawValue:))
  }

  /// The members of each group's object, with the group's name where there are groups.
  private func named(_ groups: [[String: JSONTree]]) -> JSONTree {
    .array(
      zip(groups, groupLabels()).map { members, label in
        var members = members
        if let label { members["group"] = label }
        return .object(members)
      })
  }

  func kaplanMeier() throws -> JSONTree {
    let isRobust = analysis["variance"]?.string == "robust"
    let curves = try KaplanMeier.curves(
      data, by: grouping("group"), confidence: try setting(), variance: isRobust ? .robust : .greenwood)
    let hazards =
      isRobust ? try NelsonAalen.robust(data, by: grouping("group")) : curves.map { NelsonAalen($0.table) }
    return .object([
      "curves": named(
        try zip(curves, hazards).map { curve, hazard in
          var members: [String: JSONTree] = [
            "n": .count(curve.count), "events": .number(curve.table.totalEvents),
            "time": .numbers(curve.time), "n_risk": .numbers(curve.table.atRisk),
            "n_event": .numbers(curve.table.events), "n_censor": .numbers(curve.table.censored),
            "surv": .numbers(curve.survival), "std_err": .numbers(curve.standardErrorOfSurvival),
            "std_err_log": .numbers(curve.standardErrorOfLogSurvival), "nelson_aalen": .numbers(hazard.hazard),
            "fleming_harrington_cumhaz": .numbers(hazard.tieCorrectedHazard),
          ]
          members["std_nelson_aalen"] = .numbers(hazard.standardError)
          members["std_fh"] = .numbers(hazard.tieCorrectedStandardError)
          var intervals: [String: JSONTree] = [:]
          for transform in transforms {
            let other = curve.withConfidence(try setting(transform))
            intervals[transform.rawValue] = .object(["lower": .numbers(other.lower), "upper": .numbers(other.upper)])
          }
          members["ci"] = .object(intervals)
          return members
        })
    ])
  }

  func landmark() throws -> JSONTree {
    let times = analysis["times"]?.numbers ?? []
    return .object([
      "curves": named(
        try groupTables().map { table in
          let points = KaplanMeier(table, confidence: try setting()).landmarks(times)
          var intervals: [String: JSONTree] = [:]
          for transform in transforms {
            let others = KaplanMeier(table, confidence: try setting(transform)).landmarks(times)
            intervals[transform.rawValue] = .object([
              "lower": .numbers(others.map(\.lower)), "upper": .numbers(others.map(\.upper)),
            ])
          }
          return [
            "time": .numbers(points.map(\.time)), "n_risk": .numbers(points.map(\.atRisk)),
            "n_event_cumulative": .numbers(points.map(\.cumulativeEvents)), "surv": .numbers(points.map(\.survival)),
            "std_err": .numbers(points.map(\.standardErrorOfSurvival)),
            "beyond_last_observation": .array(points.map { .bool($0.isBeyondLastObservation) }),
            "ci": .object(intervals),
          ]
        })
    ])
  }

  func quantiles() throws -> JSONTree {
    let probabilities = analysis["probs"]?.numbers ?? []
    return .object([
      "curves": named(
        try groupTables().map { table in
          func at(_ transform: ConfidenceTransform) throws -> [SurvivalQuantile] {
            let curve = KaplanMeier(table, confidence: try setting(transform))
            return probabilities.map { curve.quantile($0) }
          }
          var intervals: [String: JSONTree] = [:]
          for transform in transforms {
            let found = try at(transform)
            intervals[transform.rawValue] = .object([
              "lower": .array(found.map { .finite($0.lower) }), "upper": .array(found.map { .finite($0.upper) }),
            ])
          }
          return [
            "probs": .numbers(probabilities), "quantile": .array(try at(.log).map { .finite($0.estimate) }),
            "ci": .object(intervals),
          ]
        })
    ])
  }

  func restrictedMean() throws -> JSONTree {
    guard let tau = analysis["tau"]?.number else { throw UnsupportedCheck(reason: "no tau") }
    let means = try groupTables().map {
      try RestrictedMean(KaplanMeier($0, confidence: try setting()), tau: tau)
    }
    if means.contains(where: \.isBeyondLastObservation) {
      warnings.add("tau lies beyond the last observation of a group")
    }
    var members: [String: JSONTree] = [
      "tau": .number(tau),
      "groups": named(
        means.map {
          [
            "rmst": .number($0.estimate), "se": .number($0.standardError), "lower": .number($0.lower),
            "upper": .number($0.upper), "rmtl": .number($0.timeLost),
          ]
        }),
    ]
    if means.count == 2 {
      let comparison = RestrictedMeanComparison(first: means[0], second: means[1])
      func tree(_ contrast: RestrictedMeanComparison.Contrast, _ error: String) -> JSONTree {
        .object([
          "estimate": .number(contrast.estimate), error: .number(contrast.standardError),
          "lower": .number(contrast.lower), "upper": .number(contrast.upper), "z": .number(contrast.z),
          "p": .number(contrast.p),
        ])
      }
      members["difference"] = tree(comparison.difference, "se")
      members["ratio"] = tree(comparison.ratio, "se_log")
      members["rmtl_ratio"] = tree(comparison.timeLostRatio, "se_log")
    }
    return .object(members)
  }
}
