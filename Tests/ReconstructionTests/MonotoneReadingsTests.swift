import Testing

@testable import Reconstruction

/// Readings repaired to fall: a slip is set aside, small contradictions share their mean.
@Suite struct MonotoneReadingsTests {
  private func readings(_ points: [(Double, Double)]) -> [ArmFacts.Reading] {
    points.map { .init(time: $0.0, survival: $0.1) }
  }

  @Test("one low reading does not drag the curve down: it is set aside and the others keep their values")
  func lowSlip() throws {
    let curve = MonotoneReadings(readings([(2, 0.8), (0, 1), (1, 0.5), (3, 0.7), (3, 0.72)]))
    #expect(curve.setAside == [.init(time: 1, survival: 0.5)])
    // A running minimum would be 0.5 from 1 on.
    #expect(curve.times == [0, 2, 3, 3] && curve.values == [1, 0.8, 0.72, 0.7] && curve.counts == [1, 1, 1, 1])
    // Half way from 1 to 0.8 in time, and the two ends of the stroke at 3.
    #expect(abs(try #require(curve.value(at: 1)) - 0.9) < 1e-12)
    #expect(curve.valueBefore(3) == 0.72 && curve.value(at: 3) == 0.7)
    #expect(curve.value(at: 4) == nil)
  }

  @Test("one high reading does not hold the curve up, nor any before it")
  func highSlip() {
    let curve = MonotoneReadings(readings([(0, 1), (1, 0.9), (2, 0.85), (3, 0.82), (4, 0.95), (5, 0.8)]))
    #expect(curve.setAside == [.init(time: 4, survival: 0.95)])
    #expect(curve.values == [1, 0.9, 0.85, 0.82, 0.8])
  }

  @Test("small contradictions share their mean; by hand")
  func pooled() throws {
    let curve = MonotoneReadings(
      readings([(0, 1), (1, 0.90), (2, 0.92), (3, 0.93), (4, 0.80), (5, 0.70), (6, 0.73)]))
    #expect(curve.setAside.isEmpty)
    // 0.90 and 0.92 pool to 0.91, which 0.93 exceeds: all three to 2.75/3. 0.80 stands. 0.70 and 0.73 pool to 0.715.
    let three = 2.75 / 3
    #expect(zip(curve.values, [1, three, three, three, 0.8, 0.715, 0.715]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(curve.counts == [1, 3, 3, 3, 1, 2, 2])
    #expect(curve.middles == [0, 2, 2, 2, 4, 5.5, 5.5])
    #expect(abs(try #require(curve.value(at: 0.5)) - (1 + three) / 2) < 1e-12)
  }

  @Test("the repair is the least-squares one", arguments: 1...40)
  func leastSquares(seed: Int) {
    var random = TestGenerator(seed)
    let count = 2 + Int(30 * random.uniform())
    // Jitter of less than half of what makes a slip: nothing is set aside.
    let points = (0..<count).map { place in
      (Double(place), min(1, 0.95 - 0.02 * Double(place) + 0.03 * (random.uniform() - 0.5)))
    }
    let curve = MonotoneReadings(readings(points))
    #expect(curve.setAside.isEmpty && curve.times.count == count)
    // The min-max formula of isotonic regression (Robertson, Wright and Dykstra 1988, theorem 1.4.4), here for a falling
    // sequence: each value is the least over the starts of the greatest over the ends of the mean between them.
    func mean(_ from: Int, _ to: Int) -> Double { points[from...to].reduce(0) { $0 + $1.1 } / Double(to - from + 1) }
    for i in 0..<count {
      let fitted = (0...i).map { s in (i..<count).map { mean(s, $0) }.max() ?? 0 }.min() ?? 0
      // Round-off of means of at most 32 numbers below 1.
      #expect(abs(curve.values[i] - fitted) < 1e-14 * Double(count), "seed \(seed), \(i)")
    }
  }
}
