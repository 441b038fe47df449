/// Memory to order `count` values in.
struct SortScratch {
  let other: Keyed
  let counts: UnsafeMutablePointer<Int32>
  static let mostBuckets = 1 << 15
}

func withScratch(_ count: Int, _ body: (SortScratch) -> Void) {
  let keys = UnsafeMutablePointer<Double>.allocate(capacity: count)
  let rows = UnsafeMutablePointer<Int32>.allocate(capacity: count)
  let counts = UnsafeMutablePointer<Int32>.allocate(capacity: buckets(for: count) + 1)
  body(SortScratch(other: Keyed(keys: keys, rows: rows), counts: counts))
  keys.deallocate()
  rows.deallocate()
  counts.deallocate()
}

/// One bucket for one or two values.
private func buckets(for count: Int) -> Int {
  let wanted = max(count, 16)
  return min(1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount), SortScratch.mostBuckets)
}

/// The longest run that is put in order by insertion.
private let longestInsertion = 24

/// Orders values in place, equal ones as they stand.
func orderInCache(_ data: Keyed, _ count: Int, _ scratch: SortScratch, triesDistance: Bool) {
  guard count > longestInsertion else {
    for i in 0..<count { insert(data.keys[i], data.rows[i], at: i, data) }
    return
  }
  var (least, largest) = (data.keys[0], data.keys[0])
  for i in 0..<count {
    let key = data.keys[i]
    least = key < least ? key : least
    largest = key > largest ? key : largest
  }
  if least == largest { return }
  let buckets = buckets(for: count)
  var map = BucketMap(bits: least, largest, buckets: buckets)
  if triesDistance, let linear = BucketMap(linear: least, largest, buckets: buckets) { map = linear }
  var most = histogram(data, count, map, scratch.counts)
  if triesDistance, most > max(longestInsertion, count / 8) {
    map = BucketMap(bits: least, largest, buckets: buckets)
    most = histogram(data, count, map, scratch.counts)
  }
  var next: Int32 = 0
  for b in 0..<map.buckets {
    let mine = scratch.counts[b]
    scratch.counts[b] = next
    next &+= mine
  }
  let other = scratch.other
  for i in 0..<count {
    let key = data.keys[i]
    let b = map(key)
    let place = scratch.counts[b]
    scratch.counts[b] = place &+ 1
    other.set(Int(place), key, data.rows[i])
  }
  if most > longestInsertion {
    // Every count is the end of its bucket by now.
    var start = 0
    for b in 0..<map.buckets {
      let end = Int(scratch.counts[b])
      if end - start > longestInsertion { orderByDigits(other + start, end - start, data + start) }
      start = end
    }
  }
  for i in 0..<count { insert(other.keys[i], other.rows[i], at: i, data) }
}

private func histogram(_ data: Keyed, _ count: Int, _ map: BucketMap, _ counts: UnsafeMutablePointer<Int32>) -> Int {
  counts.update(repeating: 0, count: map.buckets)
  for i in 0..<count { counts[map(data.keys[i])] &+= 1 }
  var most: Int32 = 0
  for b in 0..<map.buckets { most = max(most, counts[b]) }
  return Int(most)
}

/// Puts one value behind the ordered ones before `place`, not before its equals.
@inline(__always) func insert(_ key: Double, _ row: Int32, at place: Int, _ data: Keyed) {
  var j = place
  while j > 0, data.keys[j - 1] > key {
    data.set(j, data.keys[j - 1], data.rows[j - 1])
    j -= 1
  }
  data.set(j, key, row)
}

/// Least-significant-digit radix sort, eight bits a pass; a digit on which all agree costs no pass. `other` is scratch.
private func orderByDigits(_ data: Keyed, _ count: Int, _ other: Keyed) {
  let first = orderedBits(data.keys[0])
  var differing: UInt64 = 0
  var isAscending = true
  for i in 1..<count {
    differing |= orderedBits(data.keys[i]) ^ first
    isAscending = isAscending && data.keys[i] >= data.keys[i - 1]
  }
  if isAscending { return }
  var (from, to) = (data, other)
  withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { counts in
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 255 != 0 {
      counts.update(repeating: 0)
      for i in 0..<count { counts[Int(orderedBits(from.keys[i]) >> shift & 255)] &+= 1 }
      var next: Int32 = 0
      for digit in 0..<256 {
        let mine = counts[digit]
        counts[digit] = next
        next &+= mine
      }
      for i in 0..<count {
        let digit = Int(orderedBits(from.keys[i]) >> shift & 255)
        let place = counts[digit]
        counts[digit] = place &+ 1
        to.set(Int(place), from.keys[i], from.rows[i])
      }
      swap(&from, &to)
    }
  }
  if from.keys != data.keys {
    data.keys.update(from: from.keys, count: count)
    data.rows.update(from: from.rows, count: count)
  }
}
