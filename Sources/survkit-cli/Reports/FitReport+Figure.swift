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
    try KaplanMeierFigure(
      arms: zip(labels, curves).map { .init(label: $0, curve: $1) }, title: title ?? loaded.dataset.file,
      timeLabel: timeLabel,
      annotation: FigureAnnotation(
        header: ["Events/N"] + resultColumns(options).map(\.title),
        rows: curves.indices.map { arm in
          ["\(countText(curves[arm].table.totalEvents))/\(curves[arm].count)"]
            + resultColumns(options).map { $0.cell(arm) }
        }, lines: options.restrictedMeanHorizon == nil ? annotationLines : restrictedMeanLines),
      footer: sourceLines(options, footer), options: options)
  }

  /// Where the rows come from and which conventions the figure follows, under the lines given.
  func sourceLines(_ options: KaplanMeierFigure.Options, _ footer: [String]) -> [String] {
    let scale =
      switch options.measure {
      case .cumulativeHazard: "Nelson-Aalen estimate, scale of its logarithm"
      case .logMinusLog: "symmetric on the scale drawn"
      default: "\(confidence.transform.rawValue) scale"
      }
    let drawn = options.showRibbon ? "\(confidence.percent) pointwise intervals, \(scale); " : ""
    let method =
      options.restrictedMeanHorizon.map {
        "The area under a curve up to \(NumberText.plain($0)) is its restricted mean survival time"
      } ?? "\(drawn.isEmpty ? "M" : "m")edian by the rule of \(convention.rawValue); ties \(convention.ties.rawValue)"
    return footer + loaded.originLines
      + ["Source: \(loaded.dataset.file). \(drawn)\(method)."]
  }

  /// Columns beside the legend, after the counts: medians and landmarks, or restricted means where their areas are drawn.
  private func resultColumns(_ options: KaplanMeierFigure.Options) -> [(title: String, cell: (Int) -> String)] {
    if options.restrictedMeanHorizon != nil, let tau {
      return [
        (
          "RMST to \(NumberText.plain(tau)) (\(confidence.percent) CI)",
          { arm in
            let mean = restrictedMeans[arm]
            return cell(mean.estimate, mean.lower, mean.upper, loaded.timeDecimals + 1)
          }
        )
      ]
    }
    let median = (
      title: "Median (\(confidence.percent) CI)",
      cell: { (arm: Int) in loaded.quantileText(curves[arm], 0.5, rule: convention.quantileRule) }
    )
    return [median]
      + landmarkTimes.map { time in
        (
          title: "% at \(NumberText.plain(time)) (\(confidence.percent) CI)",
          cell: { (arm: Int) in
            let point = curves[arm].landmarks([time])[0]
            if point.survival.isNaN { return "withheld" }
            return point.isBeyondLastObservation
              ? "NE" : cell(100 * point.survival, 100 * point.lower, 100 * point.upper, 1)
          }
        )
      }
  }

  /// The comparisons, short enough for a corner of the panel. Spaces between p and its number do not break.
  private var annotationLines: [String] {
    var lines: [String] = []
    if let cox {
      for (j, ratio) in cox.hazardRatios(level: confidence.level).enumerated() {
        let p = cox.reasonWithoutEstimate(j) == nil ? ", Wald p \(NumberText.pEquation(cox.p[j]))" : ""
        lines.append(
          "HR, \(labels[j + 1]) vs \(labels[0]): "
            + (cox.reasonWithoutEstimate(j) ?? ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence))
            + unbroken(p))
      }
    }
    if let logRank { lines.append("Log-rank \(unbroken("p \(NumberText.pEquation(logRank.result.p))"))") }
    if loaded.strata != nil, !lines.isEmpty {
      lines.append("HR and test stratified by \(loaded.strataNames.joined(separator: ", "))")
    }
    return lines
  }

  private var restrictedMeanLines: [String] {
    guard let difference = restrictedComparison?.difference else { return [] }
    let interval = cell(difference.estimate, difference.lower, difference.upper, loaded.timeDecimals + 1)
    return [
      "Difference, \(labels[1]) minus \(labels[0]): \(interval), \(unbroken("p \(NumberText.pEquation(difference.p))"))"
    ]
  }

  /// The text after its first space in one piece: ", Wald p = 0.001".
  private func unbroken(_ text: String) -> String {
    let isLed = text.hasPrefix(", ")
    return (isLed ? ", " : "") + text.dropFirst(isLed ? 2 : 0).map { $0 == " " ? "\u{A0}" : String($0) }.joined()
  }

  /// - Throws: `UsageError` when there are more arms than a figure can tell apart.
  static func checkDrawable(_ loaded: LoadedData) throws(UsageError) {
    guard let arms = loaded.arms, arms.count > 8 else { return }
    throw UsageError(
      "a figure shows up to 8 arms; the column \(loaded.dataset.armColumn ?? "arm") has \(arms.count) levels")
  }
}
