internal import Charts
internal import Reporting
internal import Survival

/// One arm of a lesson as the page walks through it: the start, then event time by event time, then what is left.
///
/// Stage 0 is the start, stage k the k-th event time, and a last stage beyond them stands for the event times left out of a
/// long walk, or for the follow-up after the last event; without either there is none.
struct TeachWalk {
  /// Event times that the page stops at.
  static let longest = 60
  /// Subjects drawn as lines.
  static let mostSubjects = 120

  let report: TeachReport
  let arm: Int
  let curve: KaplanMeier
  /// The event times that have a stage each.
  let steps: [KaplanMeier.Step]
  /// Event times without a stage of their own.
  let leftOut: Int
  let rows: [Int]

  init(_ report: TeachReport, arm: Int) {
    self.report = report
    self.arm = arm
    curve = report.curves[arm]
    let all = curve.steps
    steps = Array(all.prefix(TeachWalk.longest))
    leftOut = all.count - steps.count
    rows = report.rows(ofArm: arm)
  }

  var colour: String { SeriesStyle.all[arm % SeriesStyle.all.count].colour }
  var lastTime: Double { curve.time.last ?? 0 }
  var drawsSubjects: Bool { rows.count <= TeachWalk.mostSubjects }
  private var data: TimeToEvent { report.loaded.data }

  /// Whether there is a stage after those of `steps`.
  var hasRest: Bool { leftOut > 0 || lastTime > (steps.last?.time ?? 0) }
  var lastStage: Int { steps.count + (hasRest ? 1 : 0) }

  /// The stage up to which what happens at `time` belongs: the last event time at or before it, or the rest.
  private func stage(upTo time: Double) -> Int {
    let k = steps.count { $0.time <= time }
    return k == steps.count && hasRest && time > (steps.last?.time ?? 0) ? lastStage : k
  }

  /// A subject's place in the walk: the stages at which it is at risk, and that of its event.
  struct Subject {
    let entry: Double
    let time: Double
    let isEvent: Bool
    let from: Int
    let to: Int
  }

  var subjects: [Subject] {
    rows.map { row in
      let entry = data.entry?[row] ?? 0
      let time = data.time[row]
      // At risk at t from after the entry.
      let from = entry <= 0 ? 0 : steps.count { $0.time <= entry } + 1
      return Subject(entry: entry, time: time, isEvent: data.isEvent[row], from: from, to: stage(upTo: time))
    }
  }

  /// What is said at each stage.
  var sentences: [String] {
    let (loaded, fixed) = (report.loaded, { report.fixed($0) })
    var lines = [
      data.entry == nil
        ? "Start: \(subjectCount(curve.table.atRisk.first ?? 0)) at risk, S = 1."
        : "Start: S = 1; subjects are at risk from after their entry."
    ]
    var before = 1.0
    for step in steps {
      let (n, d) = (countText(step.atRisk), countText(step.events))
      var line =
        "At \(loaded.timeText(step.time)): \(n) at risk, \(d) \(step.events == 1 ? "event" : "events"): "
        + "S = \(fixed(before)) × (1 − \(d)/\(n)) = \(fixed(step.survival))."
      if step.censored > 0 {
        line += " \(countText(step.censored)) censored before the next event time: no step, but fewer at risk."
      }
      lines.append(line)
      before = step.survival
    }
    if leftOut > 0 {
      lines.append(
        "The \(leftOut) event times left follow the same rule: S = \(fixed(curve.survival.last)) at the end.")
    } else if hasRest {
      lines.append(
        "No event after that: S = \(fixed(before)) to the end of follow-up at \(loaded.timeText(lastTime)).")
    }
    return lines
  }

  private func subjectCount(_ count: Double) -> String {
    "\(countText(count)) \(count == 1 ? "subject" : "subjects")"
  }

  /// The piece of the curve that each stage adds: from the event time before, at the height reached there, to its own, and
  /// down. The rest is one piece.
  struct Piece {
    let stage: Int
    let times: [Double]
    /// The height after each of the times.
    let survival: [Double]
  }

  var pieces: [Piece] {
    var pieces: [Piece] = []
    var (time, height) = (0.0, 1.0)
    for (k, step) in steps.enumerated() {
      pieces.append(Piece(stage: k + 1, times: [time, step.time], survival: [height, step.survival]))
      (time, height) = (step.time, step.survival)
    }
    guard hasRest else { return pieces }
    let rest = curve.steps.dropFirst(steps.count)
    pieces.append(
      Piece(
        stage: lastStage, times: [time] + rest.map(\.time) + [lastTime],
        survival: [height] + rest.map(\.survival) + [curve.survival.last ?? 1]))
    return pieces
  }

  /// Times of censoring with the height of the curve there, and the stage whose piece they stand on.
  var censorings: [(time: Double, survival: Double, stage: Int)] {
    curve.table.time.indices.filter { curve.table.censored[$0] > 0 }.map { k in
      let time = curve.time[k]
      return (time, curve.survival[k], min(steps.count { $0.time <= time } + 1, lastStage))
    }
  }
}
