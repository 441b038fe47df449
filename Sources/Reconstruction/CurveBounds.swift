internal import Survival

/// What readings within their largest error say of S: a lower and an upper bound at every time.
///
/// A reading r at t lies on the drawn curve, where it stands upright at t anywhere between S just before t and S just after:
/// S(t) − δ <= r <= S(t−) + δ, δ the largest error. As S falls, r + δ bounds S from above from t on, and r − δ bounds it
/// from below before t. The repaired readings of `MonotoneReadings` keep the bounds: isotonic regression keeps order, so
/// that what lies between S − δ and S + δ stays there. Where repaired and unrepaired readings differ the weaker bound counts,
/// so that one slip of the hand contradicts nothing.
struct CurveBounds {
  /// A bound of S and the reading it comes from; no reading where it comes from S = 1 at the start or S >= 0.
  struct Bound {
    let value: Double
    let time: Double
    let reading: Double
  }

  private let times: [Double]
  private let values: [Double]
  /// As read, in order of time: of several at one time the highest and the lowest.
  private let read: [(highest: Double, lowest: Double)]
  private let readTimes: [Double]
  /// The lowest reading up to each of `read`, and the highest from it on.
  private let lowestSoFar: [Double]
  private let highestToCome: [Double]
  /// The largest error, and as much as round-off may add.
  let error: Double
  /// How far the time of a reading may be off, where the readings were digitised: a reading so close to a time may belong to
  /// either side of it.
  private let reach: Double

  init(_ facts: ArmFacts) {
    let curve = MonotoneReadings(facts.readings)
    (times, values) = (curve.times, curve.values)
    reach = facts.readingError == nil ? curve.precision.eitherSide : 0
    error = facts.largestReadingError + 1e-9
    var read: [(time: Double, highest: Double, lowest: Double)] = []
    for reading in facts.readings.sorted(by: { $0.time < $1.time }) {
      if let last = read.last, last.time == reading.time {
        read[read.count - 1].highest = max(last.highest, reading.survival)
        read[read.count - 1].lowest = min(last.lowest, reading.survival)
      } else {
        read.append((reading.time, reading.survival, reading.survival))
      }
    }
    var (low, high) = (1.0, 0.0)
    var (lows, highs) = ([Double](), [Double]())
    for point in read {
      low = min(low, point.lowest)
      lows.append(low)
    }
    for point in read.reversed() {
      high = max(high, point.highest)
      highs.append(high)
    }
    readTimes = read.map(\.time)
    self.read = read.map { ($0.highest, $0.lowest) }
    (lowestSoFar, highestToCome) = (lows, highs.reversed())
  }

  /// The highest S can be just before `time`: the last reading before it, and its error.
  func upper(before time: Double) -> Bound {
    let time = time - reach
    let next = lowerBound(times, time)
    guard next > 0 else { return Bound(value: 1, time: 0, reading: 1) }
    // A reading far below the later ones is a slip: what they say counts too.
    let place = lowerBound(readTimes, time)
    let later = place < read.count ? highestToCome[place] - error : 0
    let highest = max(values[next - 1], read[place - 1].highest) + error
    return Bound(value: min(1, max(highest, later)), time: times[next - 1], reading: values[next - 1])
  }

  /// The lowest S can be just before `time`: the first reading at it or later, less its error. Nothing happens before 0.
  func lower(before time: Double) -> Bound {
    guard time > 0 else { return Bound(value: 1, time: 0, reading: 1) }
    let time = time + reach
    let next = lowerBound(times, time)
    guard next < times.count else { return Bound(value: 0, time: time, reading: 0) }
    let place = lowerBound(readTimes, time)
    let earlier = place > 0 ? lowestSoFar[place - 1] + error : 1
    let lowest = min(values[next], read[place].lowest) - error
    return Bound(value: max(0, min(lowest, earlier)), time: times[next], reading: values[next])
  }

  /// The last and lowest reading, S just after it; nil without readings.
  var end: (time: Double, reading: Double)? {
    times.isEmpty ? nil : (times[times.count - 1], values[values.count - 1])
  }

  /// Readings in order of time.
  var points: [(time: Double, reading: Double)] { zip(times, values).map { ($0, $1) } }
}
