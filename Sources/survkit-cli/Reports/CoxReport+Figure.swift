internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

extension CoxReport {
  /// Scaled Schoenfeld residuals of every coefficient with an estimate.
  ///
  /// - Parameters:
  ///   - title: the name of the data file when nil.
  ///   - footer: lines above the one on the method.
  func residualFigure(
    title: String?, timeLabel: String, footer: [String] = [], options: SchoenfeldFigure.Options = .init()
  ) throws -> SchoenfeldFigure {
    try loaded.residualFigure(
      fit, modelText: modelText, transform: proportionalHazards?.transform ?? .km, confidence: confidence, title: title,
      timeLabel: timeLabel, footer: footer, options: options)
  }
}

extension FitReport {
  /// Scaled Schoenfeld residuals of the arms' model; nil where there is none.
  func residualFigure(title: String?, timeLabel: String) throws -> SchoenfeldFigure? {
    guard let cox else { return nil }
    return try loaded.residualFigure(
      cox, modelText: loaded.dataset.armColumn ?? "arm", transform: .km, confidence: confidence, title: title,
      timeLabel: timeLabel)
  }
}

extension LoadedData {
  fileprivate func residualFigure(
    _ fit: CoxFit, modelText: String, transform: TimeTransform, confidence: ConfidenceSetting, title: String?,
    timeLabel: String, footer: [String] = [], options: SchoenfeldFigure.Options = .init()
  ) throws -> SchoenfeldFigure {
    let smooth = try SchoenfeldSmooth(fit, data: data, transform: transform, level: confidence.level)
    let tests = try? ProportionalHazardsTest(fit, data: data, transform: transform, perTerm: false)
    let notes = fit.names.map { name in
      guard let tests, let place = tests.names.firstIndex(of: name) else { return "no test of proportionality" }
      return "Test of proportionality: \(tests.results[place].sentence)"
    }
    return try SchoenfeldFigure(
      smooth, coefficients: fit.coefficients.indices.map { fit.standardErrors[$0].isNaN ? .nan : fit.coefficients[$0] },
      notes: notes, title: title ?? dataset.file, timeLabel: timeLabel,
      footer: footer + originLines
        + [
          "Source: \(dataset.file). Scaled Schoenfeld residuals of the Cox model \(modelText)\(stratifiedBy), "
            + "\(fit.ties.rawValue) ties; natural spline with 4 degrees of freedom and pointwise \(confidence.percent) limits. "
            + "Dashed: the estimate under proportional hazards."
        ], options: options)
  }
}
