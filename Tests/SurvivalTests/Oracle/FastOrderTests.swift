import Testing

@testable import Survival

/// The order by counting at the sizes at which its way changes. A permutation in which every row stands behind smaller values and,
/// of equal values, behind smaller row numbers is the only one: checking this in one pass is a full oracle.
@Suite(.serialized) struct FastOrderTests {
  /// What is wrong with the order, or nil.
  private func fault(_ values: [Double], _ order: [Int32], _ sorted: [Double]) -> String? {
    guard order.count == values.count, sorted.count == values.count else { return "\(order.count) rows" }
    var seen = [Bool](repeating: false, count: values.count)
    for place in order.indices {
      let row = Int(order[place])
      if seen[row] { return "row \(row) twice" }
      seen[row] = true
      if sorted[place] != values[row] { return "the value at place \(place)" }
      guard place > 0 else { continue }
      let before = Int(order[place - 1])
      let isInOrder = values[before] < values[row] || (values[before] == values[row] && before < row)
      if !isInOrder { return "rows \(before) and \(row) at place \(place)" }
    }
    return nil
  }

  // Insertion up to 24 (in buckets) and 32 rows; powers of two change the buckets; 2^14 rows are the most for one cache.
  @Test(
    "every kind of values around every size at which the way changes",
    arguments: TimeShape.allCases, [0, 1, 2, 24, 25, 32, 33, 63, 64, 255, 257, 1500, 16_384, 16_385])
  func shapes(shape: TimeShape, count: Int) {
    var random = SplitMix64(seed: UInt64(count) &+ 5)
    let values = shape.values(count, &random)
    let (order, sorted) = ascending(values)
    #expect(fault(values, order, sorted) == nil)
  }

  /// Two pieces of 2^18 rows are dealt at once, by distance and, with an outlier, by leading bits.
  @Test(arguments: [TimeShape.continuous, .outlier]) func severalPieces(shape: TimeShape) {
    var random = SplitMix64(seed: 9)
    let values = shape.values(1 << 18 | 77, &random)
    let (order, sorted) = ascending(values)
    #expect(fault(values, order, sorted) == nil)
  }

  @Test("the number of threads changes nothing", arguments: [TimeShape.continuous, .signed, .magnitudes, .outlier])
  func threads(shape: TimeShape) {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    var random = SplitMix64(seed: 4)
    let values = shape.values(40_000, &random)
    Parallelism.threads = 1
    let alone = ascendingOrder(of: values)
    for threads in [2, 4, 8] {
      Parallelism.threads = threads
      #expect(ascendingOrder(of: values) == alone)
    }
  }

  @Test("buckets keep the order of the numbers, and all numbers have one", arguments: TimeShape.allCases)
  func buckets(shape: TimeShape) {
    var random = SplitMix64(seed: 12)
    let values = shape.values(400, &random).sorted()
    let (least, largest) = (values[0], values[399])
    guard least < largest else { return }
    for wanted in [16, 64, 1024] {
      for map in [BucketMap(bits: least, largest, buckets: wanted), BucketMap(linear: least, largest, buckets: wanted)]
      {
        guard let map else { continue }  // No distances between numbers as far apart as a double allows.
        let numbers = values.map { map($0) }
        #expect(numbers == numbers.sorted() && numbers[0] == 0 && numbers[399] < map.buckets)
        for (a, b) in zip(values.indices, values.indices.dropFirst()) where values[a] == values[b] {
          #expect(numbers[a] == numbers[b])
        }
      }
    }
  }

  /// Chains written out over the standard library's sort.
  @Test(arguments: TimeShape.allCases, [0, 1e-11, 1e-3]) func merging(shape: TimeShape, tolerance: Double) {
    var random = SplitMix64(seed: 31)
    let raw = shape.values(300, &random)
    let merged = MergedTimes(raw, tolerance: tolerance)
    let sorted = raw.sorted()
    var head: [Double: Double] = [:]
    var distinct: [Double] = []
    for (place, value) in sorted.enumerated() {
      if place == 0 || value - sorted[place - 1] > tolerance * max(abs(value), abs(sorted[place - 1])) {
        distinct.append(value)
      }
      head[value] = distinct[distinct.count - 1]
    }
    let expected = raw.map { head[$0] ?? .nan }
    #expect(merged.distinct == distinct && merged.values == expected)
    #expect(merged.mergedValues == zip(raw, expected).count { $0 != $1 })
    #expect(merged.index.map { distinct[Int($0)] } == expected)
  }

  /// 2^16 places are one piece of the walk over neighbours; a chain lies across its end.
  @Test func mergingAcrossPieces() {
    let count = 1 << 16 | 3
    func chained(_ k: Int) -> Double { 1e6 * (1 + Double(k) * 1e-13) }
    var raw: [Double] = []
    for i in (0..<count).reversed() { raw.append(i > 65_530 ? chained(i - 65_530) : Double(i)) }
    let merged = MergedTimes(raw, tolerance: 1e-12)
    // The rows 0 to 65,530 keep their times; the 8 above make one chain.
    #expect(merged.distinct.count == 65_532 && merged.mergedValues == 7)
    let expected = raw.map { $0 < 1e6 ? $0 : chained(1) }
    #expect(merged.values == expected)
  }

  @Test("true flags and codes are counted as one by one")
  func flagsAndCodes() {
    var random = SplitMix64(seed: 2)
    // 8 flags a word, 8 · 255 before a word's bytes are added up, 2^17 a piece.
    for count in [0, 1, 7, 8, 9, 2039, 2040, 2041, 2047, 2048, 4081, 1 << 17, 1 << 17 | 9] {
      let all = [Bool](repeating: true, count: count)
      #expect(countTrue(all) == count)
      let some = all.map { _ in random.next() % 3 == 0 }
      #expect(countTrue(some) == some.count { $0 })
    }
    // Up to 2^12 codes are counted in two tables by turns.
    for (count, rows) in [(1, 5), (3, 1000), (4096, 999), (4097, 999)] {
      let codes = (0..<rows).map { _ in Int32(random.next() % UInt64(count)) }
      var plain = [Int](repeating: 0, count: count)
      for code in codes { plain[Int(code)] += 1 }
      #expect(codeCounts(codes, count: count) == plain)
    }
  }
}
