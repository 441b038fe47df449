internal import LinearAlgebra
internal import Reporting
internal import Survival

extension CoxAdditions {
  func add(to document: inout ReportDocument) {
    for found in residuals {
      document.add(
        .heading("\(found.kind.rawValue.prefix(1).uppercased() + found.kind.rawValue.dropFirst()) residuals"))
      document.add(.table(rows(found)))
    }
    for curve in baseline { add(curve, "Baseline, all covariates 0", to: &document) }
    for curve in atMeans {
      let means = zip(fit.names, fit.means).map { "\($0) = \(NumberText.significant($1, 4))" }
      add(curve, "At the means of the covariates (\(means.joined(separator: ", ")))", to: &document)
    }
    if !predicted.isEmpty {
      document.add(
        .heading(
          "Predictions",
          lines: ["LP: linear predictor from covariates of 0; centred LP and HR from \(reference)"]))
      document.add(.table(predictionRows))
    }
    for row in predicted {
      add(row.curve, "Subject \(row.subject + 1) (\(subjects?.text(row.subject) ?? ""))", to: &document)
    }
  }

  private var predictionRows: [[String]] {
    func fixed(_ value: Double?) -> String { value.map { $0.isNaN ? "NE" : NumberText.fixed($0, 4) } ?? "NE" }
    return [
      ["Subject"] + (fit.isStratified ? ["Stratum"] : []) + ["LP", "Centred LP", "SE", "HR"]
        + (hasExpectedEvents ? ["Expected events", "SE"] : [])
    ]
      + predicted.map { row in
        let predictor = row.predictor
        return ["\(row.subject + 1)"] + (stratumLabel(row.curve.stratum).map { [$0] } ?? [])
          + [
            predictor.linearPredictor, predictor.centredLinearPredictor, predictor.standardError,
            predictor.hazardRatio,
          ].map(fixed)
          + (hasExpectedEvents ? [fixed(row.expected?.value), fixed(row.expected?.standardError)] : [])
      }
  }

  private func add(_ curve: Curve, _ title: String, to document: inout ReportDocument) {
    func fixed(_ value: Double) -> String { value.isNaN ? "NE" : NumberText.fixed(value, 4) }
    let stratum = stratumLabel(curve.stratum).map { ", stratum \($0)" } ?? ""
    document.add(.heading(title + stratum))
    document.add(
      .table(
        [["Time", "S(t)", "SE", "Lower", "Upper", "Cum. hazard"]]
          + curve.points.map { point in
            [NumberText.plain(point.time)]
              + [
                point.survival, point.standardErrorOfSurvival, point.lower, point.upper, point.cumulativeHazard,
              ].map(fixed)
          }))
  }

  private func rows(_ found: Residuals) -> [[String]] {
    var header = ["Row"]
    if found.stratum != nil { header.append("Stratum") }
    if found.time != nil { header.append("Time") }
    header += found.terms.isEmpty ? ["Residual"] : found.terms
    return [header]
      + found.rows.enumerated().map { i, row in
        var cells = ["\(row)"]
        if let stratum = found.stratum { cells.append(stratumLabel(stratum[i]) ?? "") }
        if let time = found.time { cells.append(NumberText.plain(time[i])) }
        return cells
          + (0..<found.values.columns).map { j in
            found.values[i, j].isNaN ? "NE" : NumberText.significant(found.values[i, j], 5)
          }
      }
  }
}
