@testable import Survival

/// Kinds of numbers that an order of times has to cope with.
enum TimeShape: CaseIterable, Sendable {
  case days, fewDays, continuous, signed, equal, ascending, descending, organPipe, extremes, neighbours, magnitudes
  case outlier, clusters

  /// `count` numbers; none is negative but those of `signed`.
  func values(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    func draw() -> Double { Double.random(in: 0..<1, using: &random) }
    return (0..<count).map { i in
      switch self {
      case .days: (draw() * Double(count)).rounded(.down)
      case .fewDays: (draw() * 7).rounded(.down)
      case .continuous: draw() * 40
      case .signed: ((draw() - 0.5) * 500).rounded() / 8
      case .equal: 2.5
      case .ascending: Double(i) / 4
      case .descending: Double(count - i) / 4
      case .organPipe: Double(min(i, count - i)) / 2 + 0.25
      case .extremes: [0, -0.0, 1e-300, 1e300, .leastNonzeroMagnitude, 1, 1.0.nextUp, 1.7e308][Int(draw() * 8)]
      // Up to 63 units in the last place from one another.
      case .neighbours: Double(bitPattern: 1.0.bitPattern + UInt64(draw() * 64))
      case .magnitudes: power(10, draw() * 600 - 300)
      // All but one in one bucket by distance.
      case .outlier: i == count / 2 ? 1e12 : draw()
      case .clusters: Double(i % 3) * 1e6 + draw() * 1e-3
      }
    }
  }
}
