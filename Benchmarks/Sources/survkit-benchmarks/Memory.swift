import Foundation

/// Memory and processor time of this process; memory is NaN where there is no /proc.
enum Memory {
  /// Forgets the peak so far.
  static func resetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// The largest resident set since then, and the one of now, in MB.
  static func peak() -> Double { status("VmHWM") }
  static func resident() -> Double { status("VmRSS") }

  /// Seconds of all threads so far.
  static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func status(_ key: String) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
    else { return .nan }
    return kilobytes / 1024
  }
}
