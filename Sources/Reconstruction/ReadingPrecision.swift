/// How finely readings tell times and probabilities, measured on the readings themselves.
///
/// A digitised figure has a grain: points of a raster image are multiples of a pixel, and a rounded number is one of its last
/// digit. Beyond the grain, readings that rise where a curve only falls show how far they scatter.
struct ReadingPrecision: Sendable, Equatable {
  /// The width of a pixel: the grain of the times, but not a step of months between printed readings.
  let pixel: Double
  /// How far the time of a reading may be off: about a pixel, half of one where nothing else scatters.
  let reach: Double
  /// A drop read so close to a time may be on either side of it.
  var eitherSide: Double { 1.5 * pixel }
  /// Standard deviation of one reading's probability.
  let survival: Double

  /// Below this no reading is trusted: less than a pixel of the finest figure.
  static let least = 0.0008
  /// Of readings without a grain, which hands or jitter placed: about a pixel of a figure of 400.
  static let withoutGrain = 0.002

  /// The coarsest grain of probabilities that is one of the readings, not of the curve: percentages without decimals, doubled.
  static let coarsest = 0.02

  init(_ readings: [ArmFacts.Reading], misses: [Double]) {
    let times = readings.map(\.time)
    let follow = (times.max() ?? 0)
    let grains = (ReadingPrecision.grain(times), ReadingPrecision.grain(readings.map(\.survival)))
    // The even distribution of a rounding error has this standard deviation per unit of width.
    let even = (1.0 / 12).squareRoot()
    let scatter = ReadingPrecision.scatter(misses)
    pixel = min(grains.0 ?? .infinity, follow / 400)
    reach = pixel * (misses.allSatisfy { abs($0) < 1e-12 } ? 0.45 : 1.2)
    // Steps of ten subjects are multiples of a tenth: no rounding is as coarse as that.
    let rounding = grains.1.map { min($0, ReadingPrecision.coarsest) * even } ?? ReadingPrecision.withoutGrain
    survival = max(ReadingPrecision.least, (rounding * rounding + 2 * scatter).squareRoot())
  }

  /// Mean square of the misses without the largest tenth: beside a drop an error of the time looks like one of S.
  private static func scatter(_ misses: [Double]) -> Double {
    let squares = misses.map { $0 * $0 }.sorted()
    let kept = squares.prefix(squares.count - squares.count / 10)
    return kept.isEmpty ? 0 : kept.reduce(0, +) / Double(kept.count)
  }

  /// The unit of which all values are multiples; nil when they have none, or one too fine to matter.
  static func grain(_ values: [Double]) -> Double? {
    let sorted = Array(Set(values)).sorted()
    guard sorted.count > 3, let range = sorted.last.map({ $0 - sorted[0] }), range > 0 else { return nil }
    var smallest = Double.infinity
    // Times printed with five or six digits are multiples within that rounding.
    for (a, b) in zip(sorted, sorted.dropFirst()) where b - a > 1e-5 * range { smallest = min(smallest, b - a) }
    guard smallest.isFinite, smallest > 2e-4 * range else { return nil }
    // A difference of a few units, printed with a few digits, is too rough to count hundreds of them: every value met makes
    // the unit surer for the next.
    var unit = smallest
    var fitting = 0
    for value in sorted.dropFirst() {
      let steps = (value - sorted[0]) / unit
      if abs(steps - steps.rounded()) < 0.1 {
        fitting += 1
        unit = (value - sorted[0]) / steps.rounded()
      }
    }
    return Double(fitting) > 0.95 * Double(sorted.count - 1) ? unit : nil
  }
}
