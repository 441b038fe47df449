/// A seeded generator of 64-bit numbers, the same on every platform (Steele, Lea & Flood, OOPSLA 2014).
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// The generator of one of many replicates: distinct replicates have distinct states.
  init(seed: UInt64, replicate: Int) {
    var first = SplitMix64(seed: seed)
    var second = SplitMix64(seed: first.next() &+ UInt64(replicate))
    self.init(seed: second.next())
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below `count`, each as likely as any other. Written out, because the library's own way may change between
  /// versions and a seed must keep its meaning (Lemire, ACM Trans Model Comput Simul 2019;29:3).
  mutating func next(below count: Int) -> Int {
    let bound = UInt64(count)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}
