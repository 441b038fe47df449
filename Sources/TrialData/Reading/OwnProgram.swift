#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The program that runs, and those beside it.
package enum OwnProgram {
  /// The path of the file that runs; nil where the system does not tell.
  package static let path: String? = {
    #if canImport(Darwin)
      var size: UInt32 = 0
      _ = _NSGetExecutablePath(nil, &size)
      var own = [CChar](repeating: 0, count: Int(size) + 1)
      guard _NSGetExecutablePath(&own, &size) == 0 else { return nil }
      return String(decoding: own.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/exe", &bytes, bytes.count)
      guard count > 0 else { return nil }
      return String(decoding: bytes[..<count], as: UTF8.self)
    #endif
  }()

  /// A program in the folder of the one that runs; nil where there is none.
  package static func beside(_ name: String) -> String? {
    guard let path, let slash = path.utf8.lastIndex(of: 0x2F) else { return nil }
    let file = String(path[...slash]) + name
    return access(file, X_OK) == 0 ? file : nil
  }

  /// The same, or else on the search path.
  package static func find(_ name: String) -> String? {
    if let file = beside(name) { return file }
    guard let folders = getenv("PATH").map({ String(cString: $0) }) else { return nil }
    return folders.split(separator: ":").lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
