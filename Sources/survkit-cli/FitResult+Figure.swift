internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

extension FitResult {
  /// The curves with the results of the table beside them.
  func figure(timeLabel: String) throws(SurvivalInputError) -> KaplanMeierFigure {
    try KaplanMeierFigure(
      arms: zip(labels, curves).map { .init(label: $0, curve: $1) }, title: loaded.dataset.file, timeLabel: timeLabel,
      annotation: FigureAnnotation(
        header: ["Events/N", "Median (\(percent) CI)"],
        rows: curves.map { curve in
          let median = curve.median(rule: convention.quantileRule)
          return [
            "\(NumberText.fixed(curve.table.totalEvents, 0))/\(curve.count)",
            interval(median.estimate, median.lower, median.upper, 1),
          ]
        }, lines: comparisons.filter { !$0.hasPrefix("RMST") }),
      footer: [
        "Source: \(loaded.dataset.file). \(percent) pointwise intervals, \(confidence.transform.rawValue) scale."
      ])
  }
}
