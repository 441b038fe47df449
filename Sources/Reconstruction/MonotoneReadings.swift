/// Readings in order of time, one per time, repaired to fall: the closest falling sequence by least squares.
///
/// Pool-adjacent-violators (Ayer et al., Ann Math Stat 1955;26:641–647). A running minimum would let one low reading drag
/// down all later ones; here neighbours that contradict each other share their mean.
struct MonotoneReadings: Sendable, Equatable {
  let times: [Double]
  let values: [Double]

  init(_ readings: [ArmFacts.Reading]) {
    var times: [Double] = []
    var sums: [(total: Double, count: Double)] = []
    for reading in readings.sorted(by: { ($0.time, $1.survival) < ($1.time, $0.survival) }) {
      if times.last == reading.time {
        sums[sums.count - 1].total += reading.survival
        sums[sums.count - 1].count += 1
      } else {
        times.append(reading.time)
        sums.append((reading.survival, 1))
      }
    }
    // Blocks of consecutive times that share one value.
    var blocks: [(total: Double, count: Double, length: Int)] = []
    for sum in sums {
      blocks.append((sum.total, sum.count, 1))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        guard last.total / last.count > before.total / before.count else { break }
        blocks.removeLast(2)
        blocks.append((before.total + last.total, before.count + last.count, before.length + last.length))
      }
    }
    self.times = times
    values = blocks.flatMap { [Double](repeating: $0.total / $0.count, count: $0.length) }
  }

  /// The curve at `time`: a reading there, or between its neighbours; 1 at 0; nil after the last reading.
  func value(at time: Double) -> Double? {
    guard let next = times.firstIndex(where: { $0 >= time }) else { return nil }
    if times[next] == time { return values[next] }
    let (startTime, startValue) = next == 0 ? (0, 1) : (times[next - 1], values[next - 1])
    guard times[next] > startTime else { return values[next] }
    return startValue + (values[next] - startValue) * (time - startTime) / (times[next] - startTime)
  }
}
