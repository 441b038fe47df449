import Survival
import Testing

@testable import Reconstruction

/// Grain and scatter of readings.
@Suite struct ReadingPrecisionTests {
  private func rounded(_ value: Double, to unit: Double) -> Double { (value / unit).rounded() * unit }

  @Test(
    "multiples of a pixel printed with five or six digits have that pixel as grain",
    arguments: [(24.0, 613), (48, 437), (1022, 551), (1, 389), (1, 720)] as [(Double, Int)], 1...4)
  func pixels(width: (range: Double, pixels: Int), seed: Int) throws {
    var random = TestGenerator(seed)
    let pixel = width.range / Double(width.pixels)
    // Five or six digits of the largest value.
    let digit = width.range > 1000 ? 0.01 : width.range > 10 ? 1e-3 : 1e-6
    let places = [0, width.pixels] + (0..<150).map { _ in Int(Double(width.pixels) * random.uniform()) }
    let values = places.map { rounded(Double($0) * pixel, to: digit) }
    let grain = try #require(ReadingPrecision.grain(values))
    // Among 150 of so few pixels two are neighbours, and the range counts hundreds of units: it is known to a digit.
    #expect(abs(grain - pixel) <= digit, "\(grain) for \(pixel)")
  }

  @Test(
    "readings rounded to percent or half of it have that grain, whose error is grain/√12", arguments: [0.01, 0.005])
  func decimals(unit: Double) {
    let readings = (0..<60).map { place in
      ArmFacts.Reading(time: Double(place), survival: rounded(exponential(-0.01 * Double(place)), to: unit))
    }
    let found = ReadingPrecision(readings, misses: [Double](repeating: 0, count: readings.count))
    // The standard deviation of an even distribution of that width.
    #expect(abs(found.survival - unit / 12.0.squareRoot()) < 1e-9)
  }

  @Test("jittered values have no grain", arguments: [8, 40, 400], 1...10)
  func jittered(count: Int, seed: Int) {
    var random = TestGenerator(seed)
    // A value is within a tenth of a unit of a multiple with probability 0.2: all but one in twenty never are.
    #expect(ReadingPrecision.grain((0..<count).map { _ in random.uniform() }) == nil)
    // Even spacing jittered by a third of it.
    #expect(
      ReadingPrecision.grain((0..<count).map { (Double($0) + 0.3 * (random.uniform() - 0.5)) / Double(count) }) == nil)
  }

  @Test("steps of a small arm without censoring are a lattice, but not the error of a reading")
  func smallArm() throws {
    // Ten subjects: multiples of a tenth, all exact.
    let readings = (0...8).map {
      ArmFacts.Reading(time: Double($0) + 0.1 * Double($0 % 3), survival: 1 - Double($0) / 10)
    }
    #expect(abs(try #require(ReadingPrecision.grain(readings.map(\.survival))) - 0.1) < 1e-9)
    let found = ReadingPrecision(readings, misses: [Double](repeating: 0, count: readings.count))
    // Nobody rounds to tenths: two percent is the coarsest rounding believed, half an event of ten is fifty times less sure.
    #expect(found.survival <= ReadingPrecision.coarsest / 12.0.squareRoot() + 1e-12)
    #expect(ReadingPrecision.coarsest < 0.05)
  }

  @Test("fewer than four different values, or all equal, have no grain")
  func few() {
    #expect(ReadingPrecision.grain([]) == nil && ReadingPrecision.grain([0.5, 0.5, 0.5, 0.5, 0.5]) == nil)
    #expect(ReadingPrecision.grain([1, 0.9, 0.8]) == nil)
  }

  @Test(
    "scatter of jittered readings comes back within 30 %", arguments: [(0.0, 0.006), (0.0, 0.012), (0.7, 0.012)], 1...6)
  func scatter(curve: (fall: Double, jitter: Double), seed: Int) {
    var random = TestGenerator(seed)
    let readings = (0..<400).map { place in
      // Sum of twelve: normal but for the far tails, standard deviation 1.
      let normal = (0..<12).reduce(0.0) { sum, _ in sum + random.uniform() } - 6
      return ArmFacts.Reading(
        time: Double(place) + 0.4 * random.uniform(),
        survival: 0.9 - curve.fall * Double(place) / 400 + curve.jitter * normal)
    }
    let found = MonotoneReadings(readings).precision.survival
    // What least squares leaves of the variance is 1 − 1/m in blocks of m readings: 1 on a flat curve, about 0.6 to 0.7 where the
    // curve falls by a seventh of the jitter per reading. Without the largest tenth of the squares 0.62 of a normal's variance
    // stays; twice that is 0.75 to 1.25, in standard deviations 0.87 to 1.12, with the 0.002 of readings without a grain 1.17.
    // The estimate from 400 is sure to 4 %: three of those, and the whole is within 30 %.
    #expect(abs(found / curve.jitter - 1) < 0.3, "\(found) for \(curve.jitter)")
  }
}
