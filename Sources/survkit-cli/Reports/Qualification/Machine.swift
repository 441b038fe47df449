internal import Reporting
internal import Survival
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The computer that the program runs on: no name of host or user is part of it.
enum Machine {
  /// Such as "Debian GNU/Linux 12 (bookworm)".
  static var operatingSystem: String {
    for line in lines("/etc/os-release") where line.hasPrefix("PRETTY_NAME=") {
      return line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
    }
    return kernel.split(separator: " ").first.map(String.init) ?? "unknown"
  }

  /// Name, release and architecture of the kernel.
  static var kernel: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    return [text(names.sysname), text(names.release), text(names.machine)].joined(separator: " ")
  }

  static var libraryOfC: String {
    #if canImport(Glibc)
      var bytes = [UInt8](repeating: 0, count: 64)
      let count = bytes.withUnsafeMutableBytes {
        confstr(Int32(_CS_GNU_LIBC_VERSION), $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
      return count > 0 ? String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) : "unknown"
    #else
      return "the system's"
    #endif
  }

  static var processorModel: String { field("model name", of: lines("/proc/cpuinfo")) ?? "unknown" }

  /// Those of the processor's instruction sets that matter to survkit or to OpenBLAS.
  static var processorFeatures: String {
    let flags = Set((field("flags", of: lines("/proc/cpuinfo")) ?? "").split(separator: " ").map(String.init))
    let found = ["sse4_2", "avx", "avx2", "fma", "bmi2", "avx512f", "avx512dq", "avx512vl", "avx512bw"].filter(
      flags.contains)
    return found.isEmpty ? "unknown" : found.joined(separator: " ")
  }

  /// In MiB.
  static var memory: String {
    guard let text = field("MemTotal", of: lines("/proc/meminfo")), let kilobytes = Int(text.prefix { $0.isNumber })
    else { return "unknown" }
    return "\(kilobytes / 1024) MiB"
  }

  static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "not set"
  }

  private static func field(_ name: String, of lines: [String]) -> String? {
    for line in lines where line.hasPrefix(name) {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { return parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
    return nil
  }

  private static func lines(_ path: String) -> [String] {
    guard let source = try? ByteSource.read(path) else { return [] }
    return String(decoding: source.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The text of an array of C characters, which Swift sees as a tuple.
  private static func text(_ tuple: some Any) -> String {
    let bytes = Mirror(reflecting: tuple).children.compactMap { $0.value as? CChar }.prefix { $0 != 0 }
    return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
