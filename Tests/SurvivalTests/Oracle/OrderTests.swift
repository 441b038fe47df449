import Testing

@testable import Survival

/// The order on which everything stands, against the standard library's comparison of (value, position).
@Suite struct OrderTests {
  @Test("stable ascending order for few and many values, with ties, signs, zeros and extremes", arguments: Seeds.all)
  func order(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // On both sides of the count at which the method changes.
    let count = [0, 1, 2, 17, 511, 512, 700, 1500][Int(seed % 8)]
    let special = [
      0, -0.0, Double.leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1.7e308, -1.7e308, 1, -1,
    ]
    let values = (0..<count).map { _ in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: Double(Int.random(in: -5...5, using: &random))
      case 1: special[Int.random(in: 0..<special.count, using: &random)]
      case 2: Double.random(in: -1...1, using: &random)
      default: Double.random(in: 0...1e9, using: &random)
      }
    }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(ascendingOrder(of: values) == expected.map(Int32.init))
    #expect(ascendingOrder(of: values.sorted()) == values.indices.map(Int32.init))
  }

  @Test("near-ties chain, keep the smallest, and are counted")
  func merging() {
    let merged = MergedTimes([3, 1, 1 + 1e-12, 1 + 2e-12, 1 + 1e-9, 3], tolerance: 1.5e-12)
    #expect(merged.values == [3, 1, 1, 1, 1 + 1e-9, 3])
    #expect(merged.mergedValues == 2 && merged.distinct == [1, 1 + 1e-9, 3])
    #expect(merged.index == [2, 0, 0, 0, 1, 2])
  }

  @Test("compensated sums keep what plain sums lose")
  func compensation() {
    // Neumaier's example: plain summation gives 0.
    var sum = CompensatedSum()
    for term in [1, 1e100, 1, -1e100] { sum.add(term) }
    #expect(sum.value == 2)
    // One tenth, ten million times, is a million to the last place but one.
    var tenths = CompensatedSum(0.1)
    for _ in 1..<100_000 { tenths.add(0.1) }
    #expect(abs(tenths.value - 10_000) < 2e-12)
  }
}
