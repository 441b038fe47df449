internal import Reporting
internal import Survival
internal import SurvivalFigures

/// What the page tells at a time: S(t), limits on every scale, number at risk, looked up and never computed there.
///
/// The times are 0, those of `--times`, the ticks of the axis and every distinct time of the data, or where these are many the last
/// in each of `most` pieces of the axis. Numbers are exact at the time told, whichever times are left out.
struct CurveReadings {
  let times: [Double]
  private let fit: FitReport
  private let curves: [(scale: ConfidenceTransform, curves: [KaplanMeier])]

  static let most = 1500

  init(_ fit: FitReport, _ variants: FigureVariants) {
    self.fit = fit
    curves = variants.curves
    let isReleased = fit.loaded.smallCells != nil
    let distinct = isReleased ? Set(fit.curves.flatMap(\.time)).sorted() : fit.loaded.data.distinctTimes
    let end = distinct.last ?? 0
    let ticks = isReleased ? [] : (variants.frames.first?.parts.ticks ?? []).filter { $0 <= end }
    var kept = distinct
    if distinct.count > CurveReadings.most, end > 0 {
      let width = end / Double(CurveReadings.most)
      kept = distinct.indices.filter { k in
        k + 1 == distinct.count || (distinct[k] / width).rounded(.down) != (distinct[k + 1] / width).rounded(.down)
      }.map { distinct[$0] }
    }
    // A landmark that is released is among the times of a curve.
    let landmarks = isReleased ? [] : fit.landmarkTimes.filter { $0 <= end }
    times = Set(kept + ticks + landmarks + [0]).sorted()
  }

  /// Where the page begins: the first landmark, or the middle.
  private var first: Int {
    fit.landmarkTimes.first.flatMap { times.firstIndex(of: $0) } ?? times.count / 2
  }

  var json: JSONValue {
    .members(
      ("times", .array(times.map { .string(fit.loaded.timeText($0)) })), ("positions", .array(times.map(position))),
      ("first", .integer(first)), ("arms", .array(fit.labels.indices.map(arm))))
  }

  /// A time to the thousandth of a step of the axis, which places it.
  private func position(_ time: Double) -> JSONValue {
    .number(Double(NumberText.significant(time, 7)) ?? time)
  }

  private func arm(_ position: Int) -> JSONValue {
    let curve = fit.curves[position]
    let steps = times.map { upperBound(curve.time, $0) - 1 }
    let isBeyond = curve.landmarks([times[times.count - 1]])[0].isBeyondLastObservation
    let last = curve.time.last ?? 0
    // A step is told where it differs from the one before.
    let changes = steps.indices.filter { k in
      k == 0 || (steps[k] != steps[k - 1] && differ(position, steps[k], steps[k - 1]))
    }
    return .members(
      ("label", .string(printable(fit.labels[position]))),
      (
        "end", .integer(isBeyond ? (times.lastIndex { $0 <= last } ?? 0) : times.count - 1)
      ), ("risk", .array(times.map { risk(curve, $0) })), ("from", .array(changes.map(JSONValue.integer))),
      ("survival", .array(changes.map { fourDecimals(steps[$0] < 0 ? 1 : curve.survival[steps[$0]]) })),
      (
        "limits",
        .object(
          curves.map { scale, curves in
            let curve = curves[position]
            return .init(
              scale.rawValue,
              .array([
                .array(changes.map { fourDecimals(steps[$0] < 0 ? 1 : curve.lower[steps[$0]]) }),
                .array(changes.map { fourDecimals(steps[$0] < 0 ? 1 : curve.upper[steps[$0]]) }),
              ]))
          })
      ))
  }

  /// Whether two steps of a curve have other values. At a censoring time nothing changes but for limits that were not there yet.
  private func differ(_ position: Int, _ one: Int, _ other: Int) -> Bool {
    guard other >= 0 else { return true }
    return curves.contains { _, curves in
      let curve = curves[position]
      return curve.survival[one] != curve.survival[other]
        || curve.lower[one].isNaN != curve.lower[other].isNaN
    }
  }

  private func risk(_ curve: KaplanMeier, _ time: Double) -> JSONValue {
    let count = curve.table.numberAtRisk(at: time)
    guard count.isFinite else { return .null }
    return Double(countText(count)).map(JSONValue.number) ?? .null
  }

  /// Ten-thousandths: the page sets the point.
  private func fourDecimals(_ value: Double) -> JSONValue {
    value.isFinite ? .integer(Int((value * 1e4).rounded())) : .null
  }
}
