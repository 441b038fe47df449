internal import Survival

/// Expected events and censorings of subjects with Weibull survival, follow-up uniform on (b/2, b), and loss to follow-up at a
/// constant rate before that.
struct CensoredWeibull {
  let median: Double
  let shape: Double
  let subjects: Int
  let events: Int
  /// Rate of loss to follow-up.
  var dropout = 0.0
  /// An event stands where the expected number passes a whole number and this.
  var phase = 0.5
  /// Steps of the grid on which expected numbers are summed: enough for times to a thousandth of the median.
  private static let steps = 5000

  func survival(_ t: Double) -> Double { exponential(-logarithm(2) * power(t / median, shape)) }

  /// The fraction of subjects with an event: the mean of 1 − S over the follow-up times, less who is lost before.
  private func eventFraction(_ b: Double) -> Double {
    let n = 400
    var sum = 0.0
    if dropout == 0 {
      for k in 0..<n { sum += 1 - survival((1 + (Double(k) + 0.5) / Double(n)) * b / 2) }
      return sum / Double(n)
    }
    for k in 0..<n {
      let (from, to) = (Double(k) * b / Double(n), Double(k + 1) * b / Double(n))
      sum += (survival(from) - survival(to)) * followed(to: (from + to) / 2, b)
    }
    return sum
  }

  /// The fraction of subjects followed to `t` or longer, if nothing happens to them.
  private func followed(to t: Double, _ b: Double?) -> Double {
    let administrative = b.map { min(1, 2 * (1 - t / $0)) } ?? 1
    return dropout == 0 ? administrative : administrative * exponential(-dropout * t)
  }

  /// Whether the events can be had at all: dropout alone leaves so many without one.
  var isPossible: Bool {
    guard dropout > 0 else { return true }
    return eventFraction(horizon) * Double(subjects) >= Double(events) - 0.5
  }

  /// A follow-up that ends after the last expected event.
  private var horizon: Double { median * power(logarithm(1e4 * Double(subjects)) / logarithm(2), 1 / shape) }

  /// The b that gives the number of events; nil when follow-up goes on to the last event. No phase changes it.
  var followUp: Double? {
    guard events < subjects else { return nil }
    let wanted = Double(events) / Double(subjects)
    var low = 0.0
    var high = median
    while eventFraction(high) < wanted, high < (dropout == 0 ? 1e6 * median : horizon) { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if eventFraction(middle) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// One row per subject.
  ///
  /// - Parameter b: `followUp`.
  func times(followUp b: Double?) -> [ReconstructedArm.Row] {
    let end = b ?? horizon
    let width = end / Double(CensoredWeibull.steps)
    var rows: [ReconstructedArm.Row] = []
    var (expectedEvents, expectedCensored) = (0.0, 0.0)
    var (made, censored) = (0, 0)
    let total = Double(subjects)
    for k in 0..<CensoredWeibull.steps {
      let t = Double(k) * width
      let middle = t + width / 2
      expectedEvents += total * (survival(t) - survival(t + width)) * followed(to: middle, b)
      expectedCensored += total * survival(middle) * (followed(to: t, b) - followed(to: t + width, b))
      while made < events, expectedEvents >= Double(made) + phase {
        rows.append(.init(time: middle, isEvent: true))
        made += 1
      }
      while censored < subjects - events, expectedCensored >= Double(censored) + 0.5 {
        rows.append(.init(time: middle, isEvent: false))
        censored += 1
      }
    }
    // The sums end within round-off of their totals; whoever is left stands at the end.
    rows += [ReconstructedArm.Row](repeating: .init(time: end, isEvent: true), count: events - made)
    rows += [ReconstructedArm.Row](repeating: .init(time: end, isEvent: false), count: subjects - events - censored)
    return rows
  }
}
