internal import Synchronization

/// A value that is worked out when it is first asked for and kept from then on.
final class OnDemand<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// Others who ask while it is being made wait for it.
  var value: Value {
    kept.withLock { kept in
      if let kept { return kept }
      let value = make()
      kept = value
      return value
    }
  }
}
