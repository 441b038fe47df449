internal import Dispatch
internal import Synchronization

/// The values of `transform` for 0 up to `count`, worked out on as many cores as there are; the order is that of the indices,
/// so that the number of cores changes nothing.
package func concurrentMap<Value: Sendable>(_ count: Int, _ transform: @Sendable (Int) -> Value) -> [Value] {
  let results = Mutex<[Value?]>([Value?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let value = transform(index)
    results.withLock { $0[index] = value }
  }
  return results.withLock { $0.compactMap { $0 } }
}
