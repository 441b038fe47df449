internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

extension FitReport {
  /// The curves with the results of the table beside them.
  ///
  /// - Parameters:
  ///   - title: the name of the data file when nil.
  ///   - footer: lines above the one on the source.
  func figure(
    title: String?, timeLabel: String, footer: [String] = [], options: KaplanMeierFigure.Options = .clean
  ) throws(SurvivalInputError) -> KaplanMeierFigure {
    let scale =
      switch options.measure {
      case .cumulativeHazard: "Nelson-Aalen estimate, scale of its logarithm"
      case .logMinusLog: "symmetric on the scale drawn"
      default: "\(confidence.transform.rawValue) scale"
      }
    return try KaplanMeierFigure(
      arms: zip(labels, curves).map { .init(label: $0, curve: $1) }, title: title ?? loaded.dataset.file,
      timeLabel: timeLabel,
      annotation: FigureAnnotation(
        header: ["Events/N", "Median (\(confidence.percent) CI)"],
        rows: curves.map { curve in
          [
            "\(countText(curve.table.totalEvents))/\(curve.count)",
            loaded.quantileText(curve, 0.5, rule: convention.quantileRule),
          ]
        }, lines: annotationLines),
      footer: footer + (loaded.dataset.hasReconstructedRows ? ["Rows were reconstructed: no row is a patient."] : [])
        + [
          "Source: \(loaded.dataset.file). \(confidence.percent) pointwise intervals, \(scale); "
            + "median by the rule of \(convention.rawValue); ties \(convention.ties.rawValue)."
        ], options: options)
  }

  /// The comparisons, short enough for a corner of the panel.
  private var annotationLines: [String] {
    var lines: [String] = []
    if let cox {
      for (j, ratio) in cox.hazardRatios(level: confidence.level).enumerated() {
        let p = cox.reasonWithoutEstimate(j) == nil ? ", Wald p \(NumberText.pEquation(cox.p[j]))" : ""
        lines.append(
          "HR, \(labels[j + 1]) vs \(labels[0]): "
            + (cox.reasonWithoutEstimate(j) ?? ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence)) + p)
      }
    }
    if let logRank { lines.append("Log-rank p \(NumberText.pEquation(logRank.result.p))") }
    if loaded.strata != nil, !lines.isEmpty {
      lines.append("HR and test stratified by \(loaded.strataNames.joined(separator: ", "))")
    }
    return lines
  }

  /// - Throws: `UsageError` when there are more arms than a figure can tell apart.
  static func checkDrawable(_ loaded: LoadedData) throws(UsageError) {
    guard let arms = loaded.arms, arms.count > 8 else { return }
    throw UsageError(
      "a figure shows up to 8 arms; the column \(loaded.dataset.armColumn ?? "arm") has \(arms.count) levels")
  }
}
