/// Stable argsort of finite doubles in ascending order: the permutation `order` with values[order[0]] <= values[order[1]] …
///
/// Least-significant-digit radix sort on the order-preserving bit pattern of a double, eleven bits a pass; a digit on
/// which all keys agree (the exponent of days, the low mantissa of whole numbers) costs one look and no pass. O(n), and
/// equal keys keep their input order, which makes every result independent of the sort.
func ascendingOrder(of values: [Double]) -> [Int32] { ascending(values).order }

/// The same order with the values in it.
func ascending(_ values: [Double]) -> (order: [Int32], values: [Double]) {
  let count = values.count
  precondition(count <= Int(Int32.max), "at most 2^31 - 1 rows")
  if isAscending(values) { return ((0..<Int32(count)).map { $0 }, values) }
  // The histograms cost twelve thousand steps whatever the count: too much for each of a million small strata.
  if count < 512 {
    let order = comparedOrder(of: values)
    return (order, order.map { values[Int($0)] })
  }

  let digitBits = 11
  let buckets = 1 << digitBits
  let mask = UInt64(buckets - 1)
  let passes = (64 + digitBits - 1) / digitBits

  var keys = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
    for i in 0..<count { buffer[i] = orderedBits(values[i]) }
    initialized = count
  }
  var indices = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
    for i in 0..<count { buffer[i] = Int32(i) }
    initialized = count
  }
  var otherKeys = [UInt64](repeating: 0, count: count)
  var otherIndices = [Int32](repeating: 0, count: count)

  // All histograms in one reading of the keys.
  var histograms = [Int](repeating: 0, count: buckets * passes)
  for key in keys {
    for pass in 0..<passes {
      histograms[pass * buckets + Int(key >> UInt64(pass * digitBits) & mask)] += 1
    }
  }
  for pass in 0..<passes {
    let shift = UInt64(pass * digitBits)
    if histograms[pass * buckets + Int(keys[0] >> shift & mask)] == count { continue }
    var offset = 0
    for bucket in 0..<buckets {
      let size = histograms[pass * buckets + bucket]
      histograms[pass * buckets + bucket] = offset
      offset += size
    }
    for i in 0..<count {
      let key = keys[i]
      let slot = pass * buckets + Int(key >> shift & mask)
      let place = histograms[slot]
      histograms[slot] = place + 1
      otherKeys[place] = key
      otherIndices[place] = indices[i]
    }
    swap(&keys, &otherKeys)
    swap(&indices, &otherIndices)
  }
  return (indices, keys.map(double))
}

/// The same permutation by comparison, for few values.
private func comparedOrder(of values: [Double]) -> [Int32] {
  let keys = values.map(orderedBits)
  return (0..<Int32(values.count)).sorted { a, b in
    let (x, y) = (keys[Int(a)], keys[Int(b)])
    return x != y ? x < y : a < b
  }
}

/// A double's bits, flipped so that unsigned order is numeric order.
private func orderedBits(_ value: Double) -> UInt64 {
  let bits = (value + 0).bitPattern  // adding zero turns -0 into 0, so that the two are one time
  return bits >> 63 == 0 ? bits ^ 0x8000_0000_0000_0000 : ~bits
}

/// The double of given ordered bits.
private func double(_ bits: UInt64) -> Double {
  Double(bitPattern: bits >> 63 == 0 ? ~bits : bits ^ 0x8000_0000_0000_0000)
}

private func isAscending(_ values: [Double]) -> Bool {
  for i in values.indices.dropFirst() where values[i] < values[i - 1] { return false }
  return true
}
