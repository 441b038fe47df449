import Foundation

/// The largest resident set of this process, from /proc; NaN where there is none.
enum Memory {
  /// Forgets the peak so far.
  static func resetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// The peak since then, in MB.
  static func peak() -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
    else { return .nan }
    return kilobytes / 1024
  }
}
