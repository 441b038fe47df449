internal import Charts
internal import Survival

/// The part of one arm's curve that is drawn: steps, band, censor marks, in data units.
///
/// Values are those of the figure's measure.
struct PlottedCurve {
  /// A step: from `time` on the curve has `value`.
  struct Step: Equatable {
    let time: Double
    let value: Double
    /// Confidence limits from `time` on; NaN where they are not defined.
    let lower: Double
    let upper: Double
  }

  /// The first is the origin; on a logarithmic axis, which has none, the first event.
  private(set) var steps: [Step]
  /// The steps of the band, thinned more than the line: an edge without a stroke hides more.
  private(set) var band: [Step]
  /// The last time drawn.
  let end: Double
  /// Censoring times and the value of the curve there.
  private(set) var marks: [(time: Double, value: Double)]
  /// Where the curve reaches one half, when it does so before `end`.
  let median: Double?
  /// Whether follow-up goes on after `end`.
  let isTruncated: Bool
  /// Whether the curve is known at its points only, which straight lines join: a step would stand for all that happened before it.
  let isJoined: Bool

  init(_ curve: KaplanMeier, options: KaplanMeierFigure.Options) {
    let table = curve.table
    let drawn = PlottedCurve.drawnTimes(table, options)
    isTruncated = drawn < table.time.count
    isJoined = table.isReleased
    end = drawn > 0 ? table.time[drawn - 1] : 0
    let origin = options.measure == .survival ? 1.0 : 0.0
    steps = options.measure == .logMinusLog ? [] : [Step(time: 0, value: origin, lower: origin, upper: origin)]
    marks = []
    let hazard = options.measure == .cumulativeHazard ? NelsonAalen(table) : nil
    let hazardLimits = hazard?.limits(level: curve.confidence.level) ?? []
    let logs = options.measure == .logMinusLog ? curve.logMinusLog() : []
    for k in 0..<drawn {
      let time = table.time[k]
      let step =
        switch options.measure {
        case .survival: Step(time: time, value: curve.survival[k], lower: curve.lower[k], upper: curve.upper[k])
        case .cumulativeIncidence:
          Step(time: time, value: 1 - curve.survival[k], lower: 1 - curve.upper[k], upper: 1 - curve.lower[k])
        case .cumulativeHazard:
          Step(
            time: time, value: hazard?.hazard[k] ?? .nan, lower: hazardLimits[k].lower, upper: hazardLimits[k].upper)
        case .logMinusLog:
          Step(time: time, value: logs[k].value, lower: logs[k].lower, upper: logs[k].upper)
        }
      guard options.measure != .logMinusLog || (time > 0 && step.value.isFinite) else { continue }
      if table.events[k] > 0 || isJoined { steps.append(step) }
      if table.censored[k] > 0 { marks.append((time, step.value)) }
    }
    band = steps
    let half = isJoined ? curve.median().estimate : PlottedCurve.median(curve)
    median = half.flatMap { [end] in $0 <= end ? $0 : nil }
  }

  /// The cumulative incidence of one cause.
  init(_ estimate: AalenJohansen, cause: Int, options: KaplanMeierFigure.Options) {
    let table = estimate.table
    let drawn = PlottedCurve.drawnTimes(table, options)
    isTruncated = drawn < table.time.count
    isJoined = table.isReleased
    end = drawn > 0 ? table.time[drawn - 1] : 0
    median = nil
    steps = [Step(time: 0, value: 0, lower: 0, upper: 0)]
    marks = []
    let incidence = estimate.causes[cause]
    for k in 0..<drawn {
      let value = incidence.incidence[k]
      if incidence.events[k] > 0 || isJoined {
        steps.append(Step(time: table.time[k], value: value, lower: incidence.lower[k], upper: incidence.upper[k]))
      }
      if table.censored[k] > 0 { marks.append((table.time[k], value)) }
    }
    band = steps
  }

  /// How many times of the table are drawn.
  private static func drawnTimes(_ table: EventTable, _ options: KaplanMeierFigure.Options) -> Int {
    guard let least = options.truncateAtRisk else { return table.time.count }
    return (table.atRisk.lastIndex { $0 >= Double(least) } ?? -1) + 1
  }

  /// The value at a time; nil before the first step and beyond the last time drawn.
  func value(at time: Double) -> Double? {
    guard time <= end else { return nil }
    return steps.last { $0.time <= time }?.value
  }

  /// Leaves out steps smaller than `tolerance` and marks nearer than `markDistance` to the one before.
  mutating func thin(tolerance: Double, markDistance: Double) {
    if isJoined { return }
    steps = keptSteps([steps.map(\.value)], tolerance: tolerance).map { steps[$0] }
    band = keptSteps([band.map(\.lower), band.map(\.upper)], tolerance: 2 * tolerance).map { band[$0] }
    var kept: [(time: Double, value: Double)] = []
    for mark in marks where kept.last.map({ mark.time - $0.time >= markDistance }) ?? true { kept.append(mark) }
    marks = kept
  }

  /// Runs of the band without a gap, each with the time it ends at. It stops where the limits are not defined, which they
  /// are not at S = 0.
  var bandRuns: [(steps: [Step], end: Double)] { PlottedCurve.runs(of: band, end: end) }

  static func runs(of steps: [Step], end: Double) -> [(steps: [Step], end: Double)] {
    var runs: [(steps: [Step], end: Double)] = []
    var run: [Step] = []
    for step in steps {
      if step.lower.isNaN || step.upper.isNaN {
        if !run.isEmpty { runs.append((run, step.time)) }
        run = []
      } else {
        run.append(step)
      }
    }
    if !run.isEmpty { runs.append((run, end)) }
    return runs
  }

  /// What the value axis must reach: every curve, and its band as far as half of their range beyond them.
  static func valueRange(_ curves: [PlottedCurve], withBands: Bool) -> ClosedRange<Double> {
    let values = curves.flatMap { $0.steps.map(\.value) }
    let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
    guard withBands else { return least...largest }
    let room = (largest - least) / 2
    let lower = curves.flatMap { $0.band.map(\.lower).filter(\.isFinite) }.min() ?? least
    let upper = curves.flatMap { $0.band.map(\.upper).filter(\.isFinite) }.max() ?? largest
    return min(least, max(lower, least - room))...max(largest, min(upper, largest + room))
  }

  /// The first time with S at most one half; where S is one half over an interval, its middle, as the median's estimate
  /// is given (Klein & Moeschberger 2003, section 4.5).
  private static func median(_ curve: KaplanMeier) -> Double? {
    // A product of fractions can miss 1/2 by round-off.
    let tolerance = 1e-12
    guard let k = curve.survival.firstIndex(where: { $0 <= 0.5 + tolerance }) else { return nil }
    guard curve.survival[k] >= 0.5 - tolerance else { return curve.time[k] }
    guard let next = curve.survival[k...].firstIndex(where: { $0 < 0.5 - tolerance }) else { return curve.time[k] }
    return (curve.time[k] + curve.time[next]) / 2
  }
}
