/// The rows of one trial of two arms by ascending time: in one number each, its order, its event and its arm.
///
/// A key is the time's bit pattern (for numbers of 0 or more its order is theirs), less the smallest, shifted by two to make
/// room for event and arm. Rows are dealt into as many buckets of equal width as there are rows, and put in order by insertion:
/// a few steps per row for any smooth distribution. Where that takes too long (times of very unlike size), or the keys have no room
/// (times over more than half the exponents of a double), the rows are sorted by comparison instead.
struct TwoArmOrder: ~Copyable {
  /// What an event and the experimental arm add to a row's code.
  static let event: UInt8 = 2
  static let experimental: UInt8 = 1

  private let keys: UnsafeMutablePointer<UInt64>
  private let places: UnsafeMutablePointer<UInt32>
  private let buckets: Int
  let capacity: Int
  /// Bit pattern of the time and code of each row in order, for the walk over ties; filled by `spread`.
  let bits: UnsafeMutablePointer<UInt64>
  let codes: UnsafeMutablePointer<UInt8>
  /// Taken off the bit patterns of the times above 0, so that the smallest of them has 1; time 0 has 0.
  private var base: UInt64 = 0

  init(capacity: Int) {
    self.capacity = capacity
    var buckets = 64
    while buckets < capacity, buckets < 1 << 20 { buckets *= 2 }
    self.buckets = buckets
    keys = .allocate(capacity: capacity)
    places = .allocate(capacity: buckets)
    bits = .allocate(capacity: capacity)
    codes = .allocate(capacity: capacity)
  }

  deinit {
    keys.deallocate()
    places.deallocate()
    bits.deallocate()
    codes.deallocate()
  }

  /// What `sort` found.
  enum Outcome {
    /// In order by keys.
    case keyed
    /// In order and spread already.
    case spread
    /// The row's time is no finite number of 0 or more.
    case refused(row: Int)
  }

  mutating func sort(
    _ time: UnsafePointer<Double>, _ isEvent: UnsafePointer<Bool>, _ arm: UnsafePointer<Bool>, count n: Int
  ) -> Outcome {
    var largest: UInt64 = 0
    var smallest = UInt64.max  // of those above 0
    for i in 0..<n {
      let bits = (time[i] + 0).bitPattern  // adding zero turns -0 into 0
      largest = max(largest, bits)
      smallest = min(smallest, bits &- 1)  // 0 becomes the largest number there is
    }
    // Negative numbers, infinity and NaN all lie above the finite numbers.
    guard largest < Double.infinity.bitPattern else {
      for i in 0..<n where (time[i] + 0).bitPattern >= Double.infinity.bitPattern { return .refused(row: i) }
      return .refused(row: 0)
    }
    base = smallest
    let span = largest >= smallest ? largest - smallest : 0
    guard span < 1 << 61 else {
      compare(time, isEvent, arm, count: n)
      return .spread
    }

    let least = smallest == UInt64.max ? 0 : Double(bitPattern: smallest + 1)
    let width = Double(bitPattern: largest) - least
    let scale = Double(buckets - 1) / width
    guard scale.isFinite else {
      compare(time, isEvent, arm, count: n)
      return .spread
    }
    // Adding 2^52 leaves the nearest whole number in the low bits. Below `least` there is 0 only, which goes to the first bucket.
    let mask = UInt64(buckets - 1)
    func bucket(_ t: Double) -> Int {
      Int(truncatingIfNeeded: (max(t - least, 0) * scale + 0x1p52).bitPattern & mask)
    }
    places.update(repeating: 0, count: buckets)
    for i in 0..<n { places[bucket(time[i])] &+= 1 }
    var next: UInt32 = 0
    for b in 0..<buckets {
      let size = places[b]
      places[b] = next
      next &+= size
    }
    for i in 0..<n {
      let t = time[i] + 0
      let b = bucket(t)
      let place = places[b]
      places[b] = place &+ 1
      let order = t == 0 ? 0 : t.bitPattern &- base
      keys[Int(place)] = order << 2 | UInt64(code(isEvent[i], arm[i]))
    }
    insert(n)
    return .keyed
  }

  @inline(__always) private func code(_ isEvent: Bool, _ arm: Bool) -> UInt8 {
    unsafeBitCast(isEvent, to: UInt8.self) &* TwoArmOrder.event | unsafeBitCast(arm, to: UInt8.self)
  }

  /// Rows of one time keep their order, so that many equal times cost nothing.
  private func insert(_ n: Int) {
    var budget = 32 &* n
    for i in 1..<max(n, 1) {
      let key = keys[i]
      let limit = key | 3
      var place = i
      while place > 0, keys[place &- 1] > limit {
        keys[place] = keys[place &- 1]
        place &-= 1
      }
      keys[place] = key
      budget &-= i &- place
      if budget < 0 {
        var all = UnsafeMutableBufferPointer(start: keys, count: n)
        all.sort()
        return
      }
    }
  }

  private func compare(
    _ time: UnsafePointer<Double>, _ isEvent: UnsafePointer<Bool>, _ arm: UnsafePointer<Bool>, count n: Int
  ) {
    let rows = (0..<n).sorted { time[$0] < time[$1] }
    for (place, row) in rows.enumerated() {
      bits[place] = (time[row] + 0).bitPattern
      codes[place] = code(isEvent[row], arm[row])
    }
  }

  /// The time and code of the row at a place of keyed rows.
  @inline(__always) func code(at place: Int) -> UInt8 { UInt8(truncatingIfNeeded: keys[place] & 3) }

  /// Whether two neighbours of keyed rows are nearer than so many representable numbers.
  func hasNeighbours(within near: UInt64, count n: Int) -> Bool {
    var found = false
    for i in 1..<max(n, 1) {
      let isNear = (keys[i] >> 2) &- (keys[i &- 1] >> 2) <= near
      found = found || isNear
    }
    return found
  }

  /// Bit patterns and codes from keys.
  func spread(count n: Int) {
    for i in 0..<n {
      let order = keys[i] >> 2
      bits[i] = order == 0 ? 0 : order &+ base
      codes[i] = code(at: i)
    }
  }
}
