/// Readings in order of time, repaired to fall: the closest falling sequence by least squares.
///
/// Pool-adjacent-violators (Ayer et al., Ann Math Stat 1955;26:641–647). A running minimum would let one low reading drag
/// down all later ones; here neighbours that contradict each other share their mean. Several readings at one time are the
/// two ends of a vertical stroke: the highest is S just before it, the lowest S just after.
struct MonotoneReadings: Sendable, Equatable {
  /// Ascending; a time stands twice where the curve drops at it.
  let times: [Double]
  let values: [Double]

  init(_ readings: [ArmFacts.Reading]) {
    var points: [ArmFacts.Reading] = []
    for reading in readings.sorted(by: { ($0.time, $1.survival) < ($1.time, $0.survival) }) {
      // Of more than two at one time the lowest, which comes last, replaces those between.
      if points.count > 1, points[points.count - 1].time == reading.time, points[points.count - 2].time == reading.time
      {
        points.removeLast()
      }
      points.append(reading)
    }
    // Blocks of consecutive points that share one value.
    var blocks: [(total: Double, count: Int)] = []
    for point in points {
      blocks.append((point.survival, 1))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        guard last.total / Double(last.count) > before.total / Double(before.count) else { break }
        blocks.removeLast(2)
        blocks.append((before.total + last.total, before.count + last.count))
      }
    }
    let fitted = blocks.flatMap { [Double](repeating: $0.total / Double($0.count), count: $0.count) }
    // A drop that the repair has closed is no drop.
    let kept = points.indices.filter {
      $0 == 0 || points[$0].time != points[$0 - 1].time || fitted[$0] != fitted[$0 - 1]
    }
    times = kept.map { points[$0].time }
    values = kept.map { fitted[$0] }
  }

  private init(times: [Double], values: [Double]) {
    self.times = times
    self.values = values
  }

  /// S just after `time`: a reading there, or between its neighbours; 1 before the first; nil after the last.
  func value(at time: Double) -> Double? {
    if let same = times.lastIndex(of: time) { return values[same] }
    return between(time)
  }

  /// S just before `time`.
  func valueBefore(_ time: Double) -> Double? {
    if let same = times.firstIndex(of: time) { return values[same] }
    return between(time)
  }

  private func between(_ time: Double) -> Double? {
    guard let next = times.firstIndex(where: { $0 >= time }) else { return nil }
    let (startTime, startValue) = next == 0 ? (0, 1) : (times[next - 1], values[next - 1])
    guard times[next] > startTime else { return values[next] }
    return startValue + (values[next] - startValue) * (time - startTime) / (times[next] - startTime)
  }

  /// The points that carry the shape: ends of flat stretches, and of what falls enough of them that at most `limit` are
  /// left. What is left out lies within a step of what is kept.
  func thinned(to limit: Int) -> MonotoneReadings {
    guard times.count > 2 else { return self }
    // Inside a flat stretch a point says nothing that its ends do not.
    var kept = times.indices.filter { i in
      i == 0 || i == times.count - 1 || values[i] != values[i - 1] || values[i] != values[i + 1]
    }
    var step = (values[0] - values[values.count - 1]) / Double(2 * limit)
    while kept.count > limit {
      var thinned: [Int] = []
      for (position, i) in kept.enumerated() {
        let isEnd = position == 0 || position == kept.count - 1
        guard !isEnd, let last = thinned.last else {
          thinned.append(i)
          continue
        }
        // A point is kept where the curve has moved by a step since the last one, or is about to: before a long flat.
        let next = kept[position + 1]
        if values[last] - values[i] >= step || values[last] - values[next] >= 2 * step { thinned.append(i) }
      }
      if thinned.count == kept.count && step > 1 { break }
      kept = thinned
      step *= 1.5
    }
    return MonotoneReadings(times: kept.map { times[$0] }, values: kept.map { values[$0] })
  }
}
