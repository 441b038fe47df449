import Foundation

/// A seeded stream of random numbers (SplitMix64: Steele, Lea & Flood, OOPSLA 2014), the same on every run.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in (0, 1).
  mutating func uniform() -> Double { (Double(bits() >> 11) + 0.5) / 9_007_199_254_740_992 }

  /// Exponential with mean one.
  mutating func exponential() -> Double { -log(uniform()) }

  /// Standard normal (Box & Muller).
  mutating func normal() -> Double { (2 * exponential()).squareRoot() * cos(2 * .pi * uniform()) }
}
