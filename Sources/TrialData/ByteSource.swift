#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a file, or of standard input for "-".
public struct ByteSource: Sendable {
  /// The last part of the path, or "standard input": no folder names reach a report.
  public let name: String
  let memory: FileBytes

  public var count: Int { memory.count }

  /// A copy of the bytes.
  public var bytes: [UInt8] { [UInt8](memory.buffer) }

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    memory = FileBytes(bytes)
  }

  init(name: String, memory: FileBytes) {
    self.name = name
    self.memory = memory
  }

  /// The bytes where they are, for as long as `body` runs.
  public func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    try body(UnsafeRawBufferPointer(memory.buffer))
  }

  /// Reads everything at once.
  ///
  /// - Throws: `TrialDataError` (noInput) when the file cannot be opened or read, or is a folder.
  public static func read(_ path: String, limit: Int = 8 << 30) throws(TrialDataError) -> ByteSource {
    try read(path, limit: limit) { _, _ throws(TrialDataError) in }
  }

  /// - Parameter check: told how many bytes there are before there is memory for them; for standard input, whenever there are more.
  package static func read(
    _ path: String, limit: Int = 8 << 30, check: (_ name: String, _ count: Int) throws(TrialDataError) -> Void
  ) throws(TrialDataError) -> ByteSource {
    let isStandardInput = path == "-"
    let name = isStandardInput ? "standard input" : String(path.split(separator: "/").last ?? "?")
    let descriptor = isStandardInput ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    func trouble() -> String { String(cString: strerror(errno)) }
    guard descriptor >= 0 else { throw TrialDataError(.noInput, file: name, "cannot be opened: \(trouble())") }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR {
      throw TrialDataError(.noInput, file: name, "is a folder; name a file")
    }
    let tooLarge = TrialDataError(.data, file: name, "is larger than the limit of \(limit) bytes")
    if isKnown, !isStandardInput, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 {
      guard status.st_size <= limit else { throw tooLarge }
      try check(name, Int(status.st_size))
      if let memory = FileBytes.read(descriptor, count: Int(status.st_size)) {
        return ByteSource(name: name, memory: memory)
      }
    }
    // A pipe, a device, or a file that says 0 bytes as those of /proc do. /dev/zero would never end.
    let isDevice = isKnown && status.st_mode & S_IFMT == S_IFCHR && isatty(descriptor) == 0
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { unistdRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw TrialDataError(.noInput, file: name, "cannot be read: \(trouble())")
      }
      if count == 0 { break }
      guard !isDevice || bytes.count + count <= 1 << 20 else {
        throw TrialDataError(.noInput, file: name, "is a device, not a file of data")
      }
      guard bytes.count + count <= limit else { throw tooLarge }
      try check(name, bytes.count + count)
      bytes += buffer[..<count]
    }
    return ByteSource(name: name, bytes: bytes)
  }

  /// The bytes as UTF-8 text, without a byte order mark.
  ///
  /// - Throws: `TrialDataError` for UTF-16, NUL bytes and what is not UTF-8.
  func text() throws(TrialDataError) -> UnsafeBufferPointer<UInt8> { try surveyedText().text }

  /// The text, and what a look at every byte of the file told.
  func surveyedText(
    pieceSize: Int = RowPieces.pieceSize
  ) throws(TrialDataError) -> (text: UnsafeBufferPointer<UInt8>, survey: RowPieces.Survey) {
    let all = memory.buffer
    let text = all.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: all[3...]) : all
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw TrialDataError(.data, file: name, "is UTF-16 or UTF-32; save it as UTF-8")
    }
    let survey = RowPieces.survey(all, pieceSize: pieceSize)
    if survey.hasNUL, let position = all.firstIndex(of: 0) {
      throw TrialDataError(.data, file: name, "has a NUL byte at offset \(position); it is not a text file")
    }
    guard !survey.hasHighBytes || String(validating: text, as: UTF8.self) != nil else {
      let offset = all.count - text.count + ByteSource.firstInvalid(text)
      throw TrialDataError(.data, file: name, "is not valid UTF-8 at byte offset \(offset); save it as UTF-8")
    }
    return (text, survey)
  }

  /// Where the first bytes stand that are no UTF-8; the number of bytes where all are.
  private static func firstInvalid(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var (bytes, parser, offset) = (text.makeIterator(), Unicode.UTF8.ForwardParser(), 0)
    while case .valid(let scalar) = parser.parseScalar(from: &bytes) { offset += scalar.count }
    return offset
  }
}

/// read(2) under a name that the type's own `read` does not hide.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
