internal import Charts
internal import Survival

/// What a figure of step curves draws, whichever estimator made them: curves, counts of the table below, texts.
struct CurvePlot {
  /// A curve with its line of the legend.
  struct Series {
    let label: String
    var curve: PlottedCurve
    let style: SeriesStyle
  }

  /// An arm of the table under the time axis.
  struct TableArm {
    let label: String
    let table: EventTable
    /// The style of its line, for the colour of its label; nil where no one line is the arm's.
    let style: SeriesStyle?
  }

  var series: [Series]
  let tableArms: [TableArm]
  /// `figure` of the metadata.
  let kind: String
  let title: String
  let timeLabel: String
  let annotation: FigureAnnotation
  let footer: [String]
  let summary: String
  let confidence: ConfidenceSetting
  let options: KaplanMeierFigure.Options
  /// The strip under the panel; nil for none.
  let difference: PlottedDifference?

  init(_ figure: KaplanMeierFigure) {
    self.init(
      figure, title: figure.title, footer: figure.footer, styles: Array(figure.arms.indices))
  }

  /// A panel of several.
  ///
  /// - Parameter styles: the styles of the arms, by their number.
  init(_ figure: KaplanMeierFigure, title: String, footer: [String] = [], styles numbers: [Int]) {
    let labels = CurvePlot.shown(figure.arms.map(\.label))
    series = figure.arms.indices.map { k in
      Series(
        label: labels[k], curve: PlottedCurve(figure.arms[k].curve, options: figure.options),
        style: figure.options.style(numbers[k]))
    }
    tableArms = figure.arms.indices.map { k in
      TableArm(label: labels[k], table: figure.arms[k].curve.table, style: figure.options.style(numbers[k]))
    }
    kind = "kaplan-meier"
    self.title = title
    timeLabel = figure.timeLabel
    annotation = figure.annotation
    self.footer = footer
    summary = figure.summary
    confidence = figure.arms[0].curve.confidence
    options = figure.options
    difference =
      options.showDifference
      ? PlottedDifference(
        SurvivalDifference(first: figure.arms[0].curve, second: figure.arms[1].curve), labels: (labels[0], labels[1]),
        last: min(series[0].curve.end, series[1].curve.end)) : nil
  }

  init(_ figure: CumulativeIncidenceFigure) {
    let arms = CurvePlot.shown(figure.arms.map(\.label))
    let causes = CurvePlot.shown(figure.causeLabels, otherwise: "Cause")
    var series: [Series] = []
    for (a, arm) in figure.arms.enumerated() {
      for c in causes.indices {
        // The curves of an arm have one colour, and every curve dashes of its own, so that they differ without colour too.
        let number = a * causes.count + c
        let style =
          figure.arms.count == 1
          ? figure.options.style(c)
          : SeriesStyle(colour: figure.options.style(a).colour, dashes: SeriesStyle.all[number].dashes)
        let label =
          causes.count == 1 ? arms[a] : figure.arms.count == 1 ? causes[c] : "\(arms[a]): \(causes[c])"
        series.append(
          Series(label: label, curve: PlottedCurve(arm.estimate, cause: c, options: figure.options), style: style))
      }
    }
    self.series = series
    tableArms = figure.arms.indices.map { a in
      TableArm(
        label: arms[a], table: figure.arms[a].estimate.table,
        style: figure.arms.count == 1 && causes.count > 1 ? nil : figure.options.style(a))
    }
    kind = "cumulative-incidence"
    title = figure.title
    timeLabel = figure.timeLabel
    annotation = figure.annotation
    footer = figure.footer
    summary = figure.summary
    confidence = figure.arms[0].estimate.confidence
    options = figure.options
    difference = nil
  }

  /// Labels as they are drawn; one that shows nothing is a number.
  private static func shown(_ labels: [String], otherwise: String = "Arm") -> [String] {
    labels.enumerated().map { index, label in
      let text = displayText(label)
      return text.isEmpty ? "\(otherwise) \(index + 1)" : text
    }
  }
}

/// The difference of two curves, as the strip under the panel shows it.
struct PlottedDifference {
  private(set) var steps: [PlottedCurve.Step]
  let end: Double
  /// First and second arm; the second minus the first is drawn.
  let labels: (String, String)

  /// - Parameter last: the strip ends where one of the curves does.
  init(_ difference: SurvivalDifference, labels: (String, String), last: Double) {
    let drawn = difference.time.indices.prefix { difference.time[$0] <= last }
    steps =
      [.init(time: 0, value: 0, lower: 0, upper: 0)]
      + drawn.map {
        .init(
          time: difference.time[$0], value: difference.estimate[$0], lower: difference.lower[$0],
          upper: difference.upper[$0])
      }
    end = min(last, difference.end)
    self.labels = labels
  }

  /// Leaves out steps smaller than `tolerance` in the difference and its limits.
  mutating func thin(tolerance: Double) {
    steps = keptSteps([steps.map(\.value), steps.map(\.lower), steps.map(\.upper)], tolerance: tolerance).map {
      steps[$0]
    }
  }

  /// What the axis must reach: every difference, and the limits as far as they lie within three times their range.
  var range: ClosedRange<Double> {
    let values = steps.map(\.value)
    let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
    let room = max(largest - least, 0.05)
    let lower = steps.map(\.lower).filter(\.isFinite).min() ?? least
    let upper = steps.map(\.upper).filter(\.isFinite).max() ?? largest
    return max(lower, least - room)...min(upper, largest + room)
  }
}
