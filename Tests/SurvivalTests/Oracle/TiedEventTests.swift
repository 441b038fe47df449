import CKernels
import Testing

@testable import Survival

/// The sums over tied events, against the d terms of each event time added one by one.
@Suite(.serialized) struct TiedEventTests {
  private struct Bin {
    var s0: Double
    var e0: Double
    var events: Int
    var weight: Double
  }

  /// A, B, the form [a −b; −b c] in S1 and E1, and Σ (W/d) ln v of one event time.
  private struct Plain {
    var (hazard, tiedHazard, a, b, c) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var logs = CompensatedSum()

    init(_ bin: Bin, isBreslow: Bool) {
      let d = Double(bin.events)
      for l in 0..<bin.events {
        let share = isBreslow ? 0 : Double(l) / d
        let v = bin.s0 - share * bin.e0
        let mean = bin.weight / d
        hazard += mean / v
        tiedHazard += mean * share / v
        a += mean / (v * v)
        b += mean * share / (v * v)
        c += mean * share * share / (v * v)
        logs.add(mean * logarithm(v))
      }
    }
  }

  private func check(_ cases: [Bin], isBreslow: Bool) {
    let bins = BinBuffers(cases.count)
    for (k, bin) in cases.enumerated() { (bins.s0[k], bins.e0[k]) = (bin.s0, bin.e0) }
    let logs = bins.addTiedEvents(
      0..<cases.count, events: cases.map { Int32($0.events) }, weight: cases.map(\.weight), isBreslow: isBreslow)
    var expected = CompensatedSum()
    var size = 0.0
    for (k, bin) in cases.enumerated() {
      let plain = Plain(bin, isBreslow: isBreslow)
      // Each sum adds d positive terms in some order: d/2 units in the last place at the very most, a few for the terms.
      let tolerance = (Double(bin.events) / 2 + 8) * Double.ulpOfOne
      func agrees(_ a: Double, _ b: Double, _ scale: Double? = nil) -> Bool {
        abs(a - b) <= tolerance * (scale ?? abs(b))
      }
      #expect(agrees(bins.cumulative[k], plain.hazard), "hazard, d = \(bin.events)")
      #expect(agrees(bins.tiedHazard[k], plain.tiedHazard), "tied hazard, d = \(bin.events)")
      let (scale, shift, tied) = (bins.meanScale[k], bins.tiedShift[k], bins.tiedScale[k])
      #expect(agrees(scale * scale, plain.a), "a, d = \(bin.events)")
      if isBreslow || bin.events == 1 {
        #expect(shift == 0 && tied == -1)
      } else {
        // The second row's length is a difference from c.
        #expect(agrees(-scale * shift, plain.b), "b, d = \(bin.events)")
        #expect(agrees(shift * shift + tied * tied, plain.c), "c, d = \(bin.events)")
        #expect(tied >= 0)
      }
      expected.add(plain.logs)
      size += abs(plain.logs.value) + bin.weight
    }
    // A logarithm of a product is off by what its factors are: as many units as events.
    #expect(abs(logs - expected.value) <= 1e-14 * size)
  }

  @Test(arguments: 0...2)
  func agreesWithTermsOneByOne(level: Int32) {
    guard let widest = kernelLevel(replacedBy: level) else { return }
    defer { _ = survkit_set_kernel_level(widest) }
    var random = SplitMix64(seed: 5)
    func uniform() -> Double { Double.random(in: 0..<1, using: &random) }
    // 48 tied events are the most that share the lanes with other event times; 16 turns pass between two exponents.
    let counts = [1, 1, 2, 3, 7, 8, 9, 15, 16, 17, 47, 48, 49, 50, 97, 1000]
    for count in [1, 7, 8, 9, 16, 100] {
      for unit in [1e-140, 1e-20, 1, 1e7, 1e140] {
        for isWeighted in [false, true] {
          let cases = (0..<count).map { _ in
            let d = counts.randomElement(using: &random) ?? 1
            let e0 = Double(d) * (0.1 + uniform())
            return Bin(
              s0: (e0 + uniform() * 100) * unit, e0: e0 * unit, events: d,
              weight: isWeighted ? 0.1 + 3 * uniform() : Double(d))
          }
          check(cases, isBreslow: false)
          check(cases, isBreslow: true)
        }
      }
    }
  }

  /// All who are left have the event: v falls to S0/d.
  @Test func everybodyAtRiskDies() {
    check(
      [Bin(s0: 5, e0: 5, events: 5, weight: 5), Bin(s0: 7000, e0: 7000, events: 7000, weight: 7000)], isBreslow: false)
  }

  /// A risk set whose sum has left the range of numbers gives no finite log-likelihood.
  @Test(arguments: [0.0, .infinity, .nan]) func sumsOutOfRangeAreSaid(s0: Double) {
    let bins = BinBuffers(2)
    (bins.s0[0], bins.s0[1], bins.e0[0], bins.e0[1]) = (4, s0, 2, 0)
    let logs = bins.addTiedEvents(0..<2, events: [2, 1], weight: [2, 1], isBreslow: false)
    #expect(!logs.isFinite)
  }
}
