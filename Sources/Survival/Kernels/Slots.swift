/// The places of an array under construction: several threads may fill them at once, each its own.
struct Slots<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  fileprivate init(_ buffer: UnsafeMutableBufferPointer<Element>) {
    // An empty array may have no storage; then no place is ever asked for.
    base = buffer.baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment)!
    count = buffer.count
  }

  subscript(i: Int) -> Element {
    @inline(__always) get {
      precondition(i >= 0 && i < count, "a place of the array")
      return base[i]
    }
    @inline(__always) nonmutating set {
      precondition(i >= 0 && i < count, "a place of the array")
      base[i] = newValue
    }
  }
}

/// An array of `count` elements, every one of which `fill` sets.
func filled<Element: BitwiseCopyable & Sendable>(_ count: Int, _ fill: (Slots<Element>) -> Void) -> [Element] {
  filled(upTo: count) {
    fill($0)
    return count
  }
}

/// An array of at most `most` elements: `fill` sets so many from the first on, and returns their number.
func filled<Element: BitwiseCopyable & Sendable>(upTo most: Int, _ fill: (Slots<Element>) -> Int) -> [Element] {
  // The initialiser of an array without elements writes a count of 0 to the one empty array that all threads share.
  guard most > 0 else {
    _ = fill(Slots(UnsafeMutableBufferPointer(start: nil, count: 0)))
    return []
  }
  return [Element](unsafeUninitializedCapacity: most) { buffer, initialized in
    adviseLargePages(buffer.baseAddress, bytes: most * MemoryLayout<Element>.stride)
    initialized = fill(Slots(UnsafeMutableBufferPointer(rebasing: buffer[..<most])))
  }
}

/// As many arrays as `counts` has elements, filled together. For a handful: every array is one level of calls.
func filled<Element: BitwiseCopyable & Sendable>(counts: [Int], _ fill: ([Slots<Element>]) -> Void) -> [[Element]] {
  filled(upTo: counts) {
    fill($0)
    return counts
  }
}

/// The same with at most as many elements: `fill` returns how many it has set in each, from the first on.
func filled<Element: BitwiseCopyable & Sendable>(
  upTo most: [Int], _ fill: ([Slots<Element>]) -> [Int]
) -> [[Element]] {
  var arrays = [[Element]](repeating: [], count: most.count)
  var counts: [Int] = []
  func open(_ slots: [Slots<Element>]) {
    guard slots.count < most.count else {
      counts = fill(slots)
      return
    }
    let place = slots.count
    arrays[place] = filled(upTo: most[place]) {
      open(slots + [$0])
      return counts[place]
    }
  }
  open([])
  return arrays
}

/// 0, 1, … up to `count`.
func ascendingNumbers(_ count: Int) -> [Int32] {
  filled(count) { slots in
    inPieces(of: count) { for i in $0 { slots[i] = Int32(truncatingIfNeeded: i) } }
  }
}

/// Does `body` for successive ranges that make up 0 ..< count, at once. Ranges are of one size whatever the threads.
func inPieces(of count: Int, size: Int = 1 << 17, _ body: @Sendable (Range<Int>) -> Void) {
  guard count > size else { return body(0..<count) }
  concurrentForEach((count + size - 1) / size) { body(($0 * size)..<min(($0 + 1) * size, count)) }
}

/// What `transform` makes of the same ranges, in their order.
func mapPieces<Value: Sendable>(
  of count: Int, size: Int = 1 << 17, _ transform: @Sendable (Range<Int>) -> Value
) -> [Value] {
  guard count > size else { return [transform(0..<count)] }
  return concurrentMap((count + size - 1) / size) { transform(($0 * size)..<min(($0 + 1) * size, count)) }
}

/// The first number below `count` of which `isFound` is true.
func firstNumber(below count: Int, where isFound: @Sendable (Int) -> Bool) -> Int? {
  mapPieces(of: count) { $0.first(where: isFound) }.lazy.compactMap { $0 }.first
}
