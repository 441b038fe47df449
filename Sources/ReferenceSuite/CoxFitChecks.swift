internal import LinearAlgebra
internal import Survival

// Checks of what follows from a fitted Cox model: residuals, baseline hazards, predictions.

extension CheckData {
  func coxResiduals(expected: JSONTree) throws -> JSONTree {
    let fit = try fit()
    func column(_ values: [Double]) -> Matrix { Matrix(rows: values.count, columns: 1, values: values) }
    let schoenfeld = try SchoenfeldResiduals(fit)
    let scaled = try SchoenfeldResiduals(fit, isScaled: true)
    let all: [(String, Matrix, [Double]?)] = [
      ("martingale", column(try fit.martingaleResiduals()), nil),
      ("deviance", column(try fit.devianceResiduals()), nil), ("score", try fit.scoreResiduals(), nil),
      ("schoenfeld", schoenfeld.values, schoenfeld.time), ("scaledsch", scaled.values, scaled.time),
      ("dfbeta", try fit.dfbeta(), nil), ("dfbetas", try fit.dfbetas(), nil),
    ]
    var members: [String: JSONTree] = [:]
    for (name, values, times) in all {
      let first = expected["residuals"]?[name]?["first"]?.array?.count ?? 0
      members[name] = JSONTree(summaryOf: values, first: first, times: times)
    }
    return .object(["terms": .array(fit.names.map { .string($0) }), "residuals": .object(members)])
  }

  func coxBaseline(expected: JSONTree) throws -> JSONTree {
    let fit = try fit()
    let strata = grouping("strata")
    let confidence = try ConfidenceSetting(level: level)
    let wanted = expected["curves"]?.array ?? []
    return .object([
      "curves": .array(
        try (0..<fit.strataCount).map { s in
          let times = s < wanted.count ? wanted[s]["time"]?.numbers ?? [] : []
          let points = try fit.baseline(stratum: s, confidence: confidence).points(times)
          var members: [String: JSONTree] = [
            "time": .numbers(times), "cumhaz": .numbers(points.map(\.cumulativeHazard)),
            "surv": .numbers(points.map(\.survival)),
          ]
          if let strata { members["strata"] = .string(strata.labels[s]) }
          return .object(members)
        })
    ])
  }

  func coxPredictions(expected: JSONTree) throws -> JSONTree {
    let fit = try fit()
    // Rows are counted from 1.
    let rows = (expected["rows"]?.numbers ?? []).map { Int($0) - 1 }.filter { $0 >= 0 && $0 < rowCount }
    let events = try fit.expectedEvents()
    let centred = fit.centredLinearPredictors
    let mean = (fit.linearPredictors.first ?? .nan) - (centred.first ?? .nan)
    return .object([
      "rows": .numbers(rows.map { Double($0 + 1) }), "lp_zero": .numbers(rows.map { fit.linearPredictors[$0] }),
      "lp_mean_centered": .numbers(rows.map { centred[$0] }), "mean_lp_zero": .number(mean),
      "expected_events_sum": .number(events.reduce(0, +)), "expected_events": .numbers(rows.map { events[$0] }),
    ])
  }

  func coxCurves(expected: JSONTree) throws -> JSONTree {
    let name = analysis["conf_type"]?.string ?? "log"
    guard let transform = ConfidenceTransform(rawValue: name) else {
      throw UnsupportedCheck(reason: "conf_type \(name)")
    }
    let fit = try fit()
    guard fit.strataCount == 1 else { throw UnsupportedCheck(reason: "predicted curves in strata") }
    let confidence = try ConfidenceSetting(level: level, transform: transform)
    let subjects = expected["newdata"]?.array ?? []
    let design = try design(of: subjects)
    let times = analysis["times"]?.numbers ?? []
    let curves = try fit.curves(
      subjects.indices.map { row in (0..<design.columnCount).map { design.values[$0 * design.rows + row] } },
      confidence: confidence
    ).map { $0.points(times) }
    func rows(_ value: (CoxCurve.Point) -> Double) -> JSONTree { .array(curves.map { .numbers($0.map(value)) }) }
    return .object([
      "newdata": .array(subjects), "time": .numbers(times), "surv": rows(\.survival),
      "std_err_surv": rows(\.standardErrorOfSurvival), "cumhaz": rows(\.cumulativeHazard), "lower": rows(\.lower),
      "upper": rows(\.upper),
    ])
  }
}

extension JSONTree {
  /// Sums, extremes and the first rows of a matrix by columns, as a suite gives residuals.
  fileprivate init(summaryOf matrix: Matrix, first: Int, times: [Double]?) {
    let columns = (0..<matrix.columns).map { j in (0..<matrix.rows).map { matrix[$0, j] } }
    var members: [String: JSONTree] = [
      "rows": .count(matrix.rows), "sum": .numbers(columns.map { $0.reduce(0, +) }),
      "sum_sq": .numbers(columns.map { $0.reduce(0) { $0 + $1 * $1 } }),
      "min": .numbers(columns.map { $0.min() ?? .nan }), "max": .numbers(columns.map { $0.max() ?? .nan }),
      "first": .array(matrix.rowArrays.prefix(first).map(JSONTree.numbers)),
    ]
    if let times { members["first_times"] = .numbers(Array(times.prefix(first))) }
    self = .object(members)
  }
}
