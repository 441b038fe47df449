internal import Survival

/// Readings in order of time, repaired to fall: the closest falling sequence by least squares.
///
/// Pool-adjacent-violators (Ayer et al., Ann Math Stat 1955;26:641–647). A running minimum would let one low reading drag
/// down all later ones; here neighbours that contradict each other share their mean, and a reading far from all its
/// neighbours is set aside first. Several readings at one time are the two ends of a vertical stroke: the highest is S just
/// before it, the lowest S just after.
struct MonotoneReadings: Sendable, Equatable {
  /// Ascending; a time stands twice where the curve drops at it.
  let times: [Double]
  let values: [Double]
  /// How many readings each value is the mean of.
  let counts: [Int]
  /// The middle in time of the readings that each value is the mean of.
  let middles: [Double]
  /// Readings so far from their neighbours that they were set aside.
  let setAside: [ArmFacts.Reading]
  let precision: ReadingPrecision

  init(_ readings: [ArmFacts.Reading]) {
    let ordered = MonotoneReadings.strokes(readings)
    let (points, setAside) = MonotoneReadings.settingAside(ordered)
    let blocks = MonotoneReadings.pooled(points.map(\.survival))
    let fitted = blocks.flatMap { [Double](repeating: $0.mean, count: $0.count) }
    let sizes = blocks.flatMap { [Int](repeating: $0.count, count: $0.count) }
    var middles: [Double] = []
    for block in blocks {
      let range = middles.count..<middles.count + block.count
      let middle = (points[range.lowerBound].time + points[range.upperBound - 1].time) / 2
      middles += [Double](repeating: middle, count: block.count)
    }
    precision = ReadingPrecision(points, misses: zip(points, fitted).map { $0.survival - $1 })
    // A drop that the repair has closed is no drop.
    let kept = points.indices.filter {
      $0 == 0 || points[$0].time != points[$0 - 1].time || fitted[$0] != fitted[$0 - 1]
    }
    times = kept.map { points[$0].time }
    values = kept.map { fitted[$0] }
    counts = kept.map { sizes[$0] }
    self.middles = kept.map { middles[$0] }
    self.setAside = setAside
  }

  /// The curve with one half read at the published median, where that agrees with what was read.
  func passingHalf(at median: Double?, _ readings: [ArmFacts.Reading], error: Double?) -> MonotoneReadings {
    guard let median, !isRead(at: median), let value = value(at: median),
      abs(value - 0.5) <= 3 * (error ?? precision.survival)
    else { return self }
    return MonotoneReadings(readings + [.init(time: median, survival: 0.5)])
  }

  /// In order of time, at most two at one time.
  private static func strokes(_ readings: [ArmFacts.Reading]) -> [ArmFacts.Reading] {
    var points: [ArmFacts.Reading] = []
    for reading in readings.sorted(by: { ($0.time, $1.survival) < ($1.time, $0.survival) }) {
      // Of more than two at one time the lowest, which comes last, replaces those between.
      if points.count > 1, points[points.count - 1].time == reading.time, points[points.count - 2].time == reading.time
      {
        points.removeLast()
      }
      points.append(reading)
    }
    return points
  }

  /// Consecutive values that share one, by least squares.
  private static func pooled(_ values: [Double]) -> [(mean: Double, count: Int)] {
    var blocks: [(total: Double, count: Int)] = []
    for value in values {
      blocks.append((value, 1))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        guard last.total / Double(last.count) > before.total / Double(before.count) else { break }
        blocks.removeLast(2)
        blocks.append((before.total + last.total, before.count + last.count))
      }
    }
    return blocks.map { ($0.total / Double($0.count), $0.count) }
  }

  /// How far a reading may lie from what its neighbours allow before it is set aside: more than any pixel, less than most
  /// slips of the hand.
  private static let slip = 0.04

  /// A reading below the three that follow, or above the three before it, contradicts all of them: it is the slip, not they.
  private static func settingAside(_ points: [ArmFacts.Reading]) -> (
    kept: [ArmFacts.Reading], aside: [ArmFacts.Reading]
  ) {
    var kept: [ArmFacts.Reading] = []
    var aside: [ArmFacts.Reading] = []
    for (i, point) in points.enumerated() {
      let later = points[min(i + 1, points.count)..<min(i + 4, points.count)].map(\.survival)
      let earlier = kept.suffix(3).map(\.survival)
      let isLow = later.count > 1 && later.allSatisfy { $0 > point.survival + slip }
      let isHigh = earlier.count > 1 && earlier.allSatisfy { $0 < point.survival - slip }
      if isLow || isHigh { aside.append(point) } else { kept.append(point) }
    }
    return (kept, aside)
  }

  /// S just after `time`: a reading there, or between its neighbours; 1 before the first; nil after the last.
  func value(at time: Double) -> Double? {
    let next = upperBound(times, time)
    if next > 0, times[next - 1] == time { return values[next - 1] }
    return between(time, next)
  }

  /// S just before `time`.
  func valueBefore(_ time: Double) -> Double? {
    let same = lowerBound(times, time)
    if same < times.count, times[same] == time { return values[same] }
    return between(time, same)
  }

  func isRead(at time: Double) -> Bool { index(at: time) != nil }

  /// Where the value just before or just after a time stands; nil where nothing was read.
  func index(at time: Double, isAfter: Bool = false) -> Int? {
    let same = isAfter ? upperBound(times, time) - 1 : lowerBound(times, time)
    return same >= 0 && same < times.count && times[same] == time ? same : nil
  }

  /// How far the curve falls within a time on either side.
  func fall(around time: Double, within reach: Double) -> Double {
    let left = time - reach <= 0 ? 1 : valueBefore(time - reach) ?? values.last ?? 0
    return left - (value(at: time + reach) ?? values.last ?? 0)
  }

  /// The index of the last reading at or before a time; -1 before the first.
  func piece(at time: Double) -> Int { upperBound(times, time) - 1 }

  private func between(_ time: Double, _ next: Int) -> Double? {
    guard next < times.count else { return nil }
    let (startTime, startValue) = next == 0 ? (0, 1) : (times[next - 1], values[next - 1])
    guard times[next] > startTime else { return values[next] }
    return startValue + (values[next] - startValue) * (time - startTime) / (times[next] - startTime)
  }
}
