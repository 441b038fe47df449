internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How many threads the library may use. No result depends on it: work is cut by the size of the data alone, and what the
/// pieces give is put together in the order of the pieces.
package enum Parallelism {
  private static let chosen = Atomic<Int>(0)
  private static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// The number of processors until it is set; at least 1.
  package static var threads: Int {
    get {
      let value = chosen.load(ordering: .relaxed)
      return value > 0 ? value : processors
    }
    set { chosen.store(max(1, newValue), ordering: .relaxed) }
  }
}

/// The values of `transform` for 0 up to `count`, worked out on as many threads as are allowed; the order is that of the
/// indices, so that the number of threads changes nothing.
package func concurrentMap<Value: Sendable>(_ count: Int, _ transform: @Sendable (Int) -> Value) -> [Value] {
  if Parallelism.threads == 1 || count < 2 { return (0..<count).map(transform) }
  let results = Mutex<[Value?]>([Value?](repeating: nil, count: count))
  concurrentForEach(count) { index in
    let value = transform(index)
    results.withLock { $0[index] = value }
  }
  return results.withLock { $0.compactMap { $0 } }
}

/// Does `body` for 0 up to `count`, on as many threads as are allowed, in no order: each index may write to places of its own
/// only.
package func concurrentForEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
  let workers = min(Parallelism.threads, count)
  guard workers > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }
}
