/// Stable argsort of finite doubles in ascending order: the permutation `order` with values[order[0]] <= values[order[1]] …
///
/// Rows are dealt to buckets of ascending values, then each bucket is put in order inside the cache, both by counting; many
/// buckets at once. O(n) for any values: where neither distances nor leading bits tell enough values apart, a radix sort
/// does. Equal values keep their input order, which makes every result independent of the sort.
func ascendingOrder(of values: [Double]) -> [Int32] { ascending(values).order }

/// The same order with the values in it.
func ascending(_ values: [Double]) -> (order: [Int32], values: [Double]) {
  let count = values.count
  precondition(count <= Int(Int32.max), "at most 2^31 - 1 rows")
  if isAscending(values) { return (ascendingNumbers(count), values) }
  var order: [Int32] = []
  let sorted = [Double](unsafeUninitializedCapacity: count) { keys, keyCount in
    order = [Int32](unsafeUninitializedCapacity: count) { rows, rowCount in
      adviseLargePages(keys.baseAddress, bytes: count * MemoryLayout<Double>.stride)
      adviseLargePages(rows.baseAddress, bytes: count * MemoryLayout<Int32>.stride)
      if let keys = keys.baseAddress, let rows = rows.baseAddress {
        values.withUnsafeBufferPointer { sort($0, Keyed(keys: keys, rows: rows)) }
      }
      rowCount = count
    }
    keyCount = count
  }
  return (order, sorted)
}

/// Values with the rows they come from, in memory.
struct Keyed: @unchecked Sendable {
  let keys: UnsafeMutablePointer<Double>
  let rows: UnsafeMutablePointer<Int32>

  static func + (a: Keyed, places: Int) -> Keyed { Keyed(keys: a.keys + places, rows: a.rows + places) }

  @inline(__always) func set(_ place: Int, _ key: Double, _ row: Int32) {
    keys[place] = key
    rows[place] = row
  }
}

private let fewest = 32
/// Below this count one thread orders the values in its cache.
private let oneThread = 1 << 14

private func sort(_ values: UnsafeBufferPointer<Double>, _ output: Keyed) {
  let count = values.count
  guard count > fewest else {
    for i in 0..<count { insert(values[i] + 0, Int32(i), at: i, output) }
    return
  }
  guard count > oneThread else {
    for i in 0..<count { output.set(i, values[i] + 0, Int32(truncatingIfNeeded: i)) }
    withScratch(count) { orderInCache(output, count, $0, triesDistance: true) }
    return
  }
  let starts = deal(values, output)
  let buckets = starts.count - 1
  // Several buckets share the scratch memory of one task.
  let perTask = 16
  concurrentForEach((buckets + perTask - 1) / perTask) { task in
    let mine = (task * perTask)..<min((task + 1) * perTask, buckets)
    let largest = mine.reduce(0) { max($0, Int(starts[$1 + 1] - starts[$1])) }
    withScratch(largest) { scratch in
      for b in mine {
        orderInCache(output + Int(starts[b]), Int(starts[b + 1] - starts[b]), scratch, triesDistance: false)
      }
    }
  }
}

/// Deals the values to buckets in input order; returns where each bucket starts, and one past the end.
private func deal(_ values: UnsafeBufferPointer<Double>, _ output: Keyed) -> [Int32] {
  nonisolated(unsafe) let values = values
  let count = values.count
  let (least, largest) = extremes(values)
  let wanted = min(max(count >> 12, 16), 4096)
  let buckets = 1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount)
  let size = 1 << 18
  func histograms(_ map: BucketMap) -> [[Int32]] {
    mapPieces(of: count, size: size) { range in
      var histogram = [Int32](repeating: 0, count: map.buckets)
      histogram.withUnsafeMutableBufferPointer { h in
        for i in range { h[map(values[i])] &+= 1 }
      }
      return histogram
    }
  }
  func largestBucket(_ histograms: [[Int32]]) -> Int {
    histograms[0].indices.reduce(0) { largest, b in max(largest, histograms.reduce(0) { $0 + Int($1[b]) }) }
  }
  var map = BucketMap(linear: least, largest, buckets: buckets) ?? BucketMap(bits: least, largest, buckets: 4 * buckets)
  var pieces = histograms(map)
  if largestBucket(pieces) > count / 16 {
    map = BucketMap(bits: least, largest, buckets: 4 * buckets)
    pieces = histograms(map)
  }
  var starts = [Int32](repeating: 0, count: map.buckets + 1)
  var next: Int32 = 0
  for b in 0..<map.buckets {
    starts[b] = next
    for piece in pieces.indices {
      let mine = pieces[piece][b]
      pieces[piece][b] = next
      next += mine
    }
  }
  starts[map.buckets] = next
  let (offsets, chosen) = (pieces, map)
  concurrentForEach(offsets.count) { piece in
    var places = offsets[piece]
    places.withUnsafeMutableBufferPointer { places in
      for i in (piece * size)..<min((piece + 1) * size, count) {
        let b = chosen(values[i])
        let place = places[b]
        places[b] = place &+ 1
        output.set(Int(place), values[i] + 0, Int32(truncatingIfNeeded: i))
      }
    }
  }
  return starts
}

private func extremes(_ values: UnsafeBufferPointer<Double>) -> (least: Double, largest: Double) {
  nonisolated(unsafe) let values = values
  let parts = mapPieces(of: values.count) { range in
    var (least, largest) = (values[range.lowerBound], values[range.lowerBound])
    for i in range {
      least = values[i] < least ? values[i] : least
      largest = values[i] > largest ? values[i] : largest
    }
    return (least, largest)
  }
  return parts.reduce(parts[0]) { (min($0.0, $1.0), max($0.1, $1.1)) }
}

private func isAscending(_ values: [Double]) -> Bool {
  for i in values.indices.dropFirst() where values[i] < values[i - 1] { return false }
  return true
}
