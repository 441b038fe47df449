/// What one reading of many numbers finds, in vectors and by pieces.
struct NumberScan: Sendable {
  /// Whether all are finite.
  var areFinite = true
  var least = Double.infinity
  var largest = -Double.infinity
  /// Whether all are whole numbers below 2⁵¹ in size.
  var areWhole = true
  /// Whether the sign bit of any is set: negative numbers, and minus zero.
  var haveSigns = false

  init(_ values: [Double]) {
    let parts = mapPieces(of: values.count) { range in
      values.withUnsafeBufferPointer { NumberScan(UnsafeBufferPointer(rebasing: $0[range])) }
    }
    self.init()
    for part in parts {
      areFinite = areFinite && part.areFinite
      least = min(least, part.least)
      largest = max(largest, part.largest)
      areWhole = areWhole && part.areWhole
      haveSigns = haveSigns || part.haveSigns
    }
  }

  private init() {}

  private init(_ values: UnsafeBufferPointer<Double>) {
    self.init()
    typealias Vector = SIMD4<Double>
    var finite = SIMDMask<SIMD4<Int64>>(repeating: true)
    var whole = finite
    var low = Vector(repeating: .infinity)
    var high = Vector(repeating: -.infinity)
    var bits = SIMD4<UInt64>(repeating: 0)
    // Adding and taking away 1.5 · 2⁵² rounds to a whole number.
    let magic = Vector(repeating: 0x1.8p52)
    let bytes = UnsafeRawBufferPointer(values)
    func look(_ x: Vector) {
      finite .&= (x - x) .== Vector(repeating: 0)
      whole .&= ((x + magic) - magic) .== x
      low.replace(with: x, where: x .< low)
      high.replace(with: x, where: x .> high)
      bits |= unsafeBitCast(x, to: SIMD4<UInt64>.self)
    }
    let vectors = values.count / 4
    for i in 0..<vectors { look(bytes.loadUnaligned(fromByteOffset: i * 32, as: Vector.self)) }
    for i in (vectors * 4)..<values.count { look(Vector(repeating: values[i])) }
    areFinite = all(finite)
    areWhole = all(whole)
    (least, largest) = (low.min(), high.max())
    haveSigns = (bits[0] | bits[1] | bits[2] | bits[3]) >> 63 != 0
  }
}

/// How many are true.
func countTrue(_ flags: [Bool]) -> Int {
  mapPieces(of: flags.count) { range in
    flags.withUnsafeBytes { bytes in
      var count = 0
      var i = range.lowerBound
      // Eight flags at a time are added as the bytes of one word, which hold 255 of them.
      while i + 8 <= range.upperBound {
        var word: UInt64 = 0
        let end = min(range.upperBound, i + 8 * 255)
        while i + 8 <= end {
          word &+= bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
          i += 8
        }
        let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ ((word >> 8) & 0x00FF_00FF_00FF_00FF)
        count += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
      }
      while i < range.upperBound {
        count += Int(bytes[i])
        i += 1
      }
      return count
    }
  }.reduce(0, +)
}
