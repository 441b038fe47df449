#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a file, or of standard input for "-".
public struct ByteSource: Sendable {
  /// The last part of the path, or "standard input": no folder names reach a report.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Reads everything at once.
  ///
  /// - Throws: `TrialDataError` (noInput) when the file cannot be opened or read, or is a folder.
  public static func read(_ path: String, limit: Int = 8 << 30) throws(TrialDataError) -> ByteSource {
    let isStandardInput = path == "-"
    let name = isStandardInput ? "standard input" : String(path.split(separator: "/").last ?? "?")
    let descriptor = isStandardInput ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TrialDataError(.noInput, file: name, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw TrialDataError(.noInput, file: name, "is a folder; name a file")
    }
    var bytes: [UInt8] = []
    if status.st_mode & S_IFMT == S_IFREG { bytes.reserveCapacity(Int(status.st_size) + 1) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { unistdRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw TrialDataError(.noInput, file: name, "cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw TrialDataError(.data, file: name, "is larger than the limit of \(limit) bytes")
      }
    }
    return ByteSource(name: name, bytes: bytes)
  }
}

/// read(2) under a name that the type's own `read` does not hide.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
