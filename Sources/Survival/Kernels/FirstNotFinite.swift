/// Where the first value stands that is not a finite number; nil where all are. Looked for in pieces at once.
func firstNotFinite(_ values: [Double]) -> Int? {
  let piece = 1 << 18
  let found = concurrentMap((values.count + piece - 1) / piece) { index -> Int? in
    values.withUnsafeBufferPointer { values in
      let range = (index * piece)..<min((index + 1) * piece, values.count)
      // A value that is not finite times 0 is NaN, and NaN stays in the sum.
      var lanes = SIMD8<Double>.zero
      var i = range.lowerBound
      while i + 8 <= range.upperBound {
        for lane in 0..<8 { lanes[lane] += values[i + lane] * 0 }
        i += 8
      }
      var sum = lanes.sum()
      while i < range.upperBound {
        sum += values[i] * 0
        i += 1
      }
      return sum == 0 ? nil : range.first { !values[$0].isFinite }
    }
  }
  return found.lazy.compactMap { $0 }.first
}
