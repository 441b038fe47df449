internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A line on standard error that says how far a long run has come; only on a terminal, and only after a second.
final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var lastShown = 0.0
    var isShown = false
  }

  private let total: Int
  private let isActive: Bool
  private let start = ProgressBar.now()
  private let state = Mutex(State())

  init(total: Int, isQuiet: Bool) {
    self.total = max(total, 1)
    isActive = !isQuiet && isatty(2) == 1
  }

  /// So many more are done; from any thread.
  func add(_ count: Int) {
    guard isActive else { return }
    state.withLock { state in
      state.done += count
      let now = ProgressBar.now()
      guard now - start > 1, now - state.lastShown > 0.2 else { return }
      state.lastShown = now
      state.isShown = true
      let share = Double(state.done) / Double(total)
      let filled = min(30, Int(share * 30))
      let rest = (now - start) / share * (1 - share)
      ProgressBar.write(
        "\r[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
          + "] \(Int(share * 100))%, \(Int(rest.rounded(.up))) s left ")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { ProgressBar.write("\r" + String(repeating: " ", count: 60) + "\r") }
    }
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Survkit.writeBytes(2, $0.baseAddress, $0.count) }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
