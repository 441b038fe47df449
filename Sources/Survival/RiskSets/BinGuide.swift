/// Finds the number of ascending times at or below a value: a table over even steps of the range tells where to look.
///
/// Times that lie evenly cost a look or two each, whatever their number; where many lie within one step the search among
/// them is by halves.
struct BinGuide {
  private let times: ArraySlice<Double>
  private let origin: Double
  private let factor: Double
  /// Number of times below each step's start.
  private let before: [Int32]

  init(_ times: ArraySlice<Double>) {
    self.times = times
    let first = times.first ?? 0
    let span = (times.last ?? 0) - first
    let steps = 2 * times.count + 1
    origin = first
    factor = span > 0 && (Double(steps) / span).isFinite ? Double(steps) / span : 0
    var before = [Int32](repeating: 0, count: steps + 2)
    for time in times { before[BinGuide.step(time, origin, factor, steps) + 1] += 1 }
    for q in 0..<(steps + 1) { before[q + 1] += before[q] }
    self.before = before
  }

  @inline(__always)
  private static func step(_ value: Double, _ origin: Double, _ factor: Double, _ steps: Int) -> Int {
    Int(min(max((value - origin) * factor, 0), Double(steps)))
  }

  /// The number of times at or below `value`. The steps are in the order of the values, so that only times of the value's own
  /// step have to be looked at.
  @inline(__always)
  func upperBound(_ value: Double) -> Int {
    let step = BinGuide.step(value, origin, factor, before.count - 2)
    let start = Int(before[step])
    let base = times.startIndex + start
    return start + partitionPoint(Int(before[step + 1]) - start) { times[base + $0] <= value }
  }
}
