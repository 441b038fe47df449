#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
  [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    adviseLargePages(buffer)
    fill(Slots(UnsafeMutableBufferPointer(rebasing: buffer[..<count])))
    initialized = count
  }
}

/// As many arrays as `counts` has elements, filled together. For a handful: every array is one level of calls.
func filled<Element: BitwiseCopyable & Sendable>(counts: [Int], _ fill: ([Slots<Element>]) -> Void) -> [[Element]] {
  var arrays = [[Element]](repeating: [], count: counts.count)
  func open(_ slots: [Slots<Element>]) {
    guard slots.count < counts.count else { return fill(slots) }
    arrays[slots.count] = filled(counts[slots.count]) { open(slots + [$0]) }
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

/// Asks for pages of 2 MiB under fresh memory of some size: to touch it in pages of 4 KiB costs more than most of what is
/// done with it.
func adviseLargePages<Element>(_ buffer: UnsafeMutableBufferPointer<Element>) {
  #if os(Linux)
    let page = 2 << 20
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    guard bytes.count >= 4 * page, let base = bytes.baseAddress else { return }
    let first = (UInt(bitPattern: base) + UInt(page) - 1) & ~UInt(page - 1)
    let last = (UInt(bitPattern: base) + UInt(bytes.count)) & ~UInt(page - 1)
    // Refused or not, the memory is the same.
    if let start = UnsafeMutableRawPointer(bitPattern: first) { _ = madvise(start, Int(last - first), 14) }
  #endif
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
