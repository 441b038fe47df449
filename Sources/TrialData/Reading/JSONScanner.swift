/// The text of a JSON document, read from front to back without a tree (RFC 8259).
struct JSONScanner {
  /// Values inside each other.
  static let depthLimit = 64

  let text: UnsafeBufferPointer<UInt8>
  let file: String
  private(set) var at: Int
  /// The data row that is read, from 1; 0 before the first.
  var row = 0

  /// - Parameter text: valid UTF-8.
  init(_ text: UnsafeBufferPointer<UInt8>, file: String) {
    (self.text, self.file, at) = (text, file, 0)
  }

  func fault(_ message: String) -> TrialDataError {
    TrialDataError(.data, file: file, row: row > 0 ? row : nil, message)
  }

  private func syntax(_ wanted: String) -> TrialDataError {
    fault(
      at < text.count ? "is no JSON at byte \(at): \(wanted) is missing" : "is cut off: \(wanted) is missing at the end"
    )
  }

  /// The next byte that is no blank; nil at the end.
  mutating func next() -> UInt8? {
    while at < text.count {
      let byte = text[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      at += 1
    }
    return nil
  }

  /// Passes a byte if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(_ byte: UInt8) throws(TrialDataError) {
    guard take(byte) else { throw syntax("\"\(Character(Unicode.Scalar(byte)))\"") }
  }

  /// Members of an object in turn; `body` passes the value.
  mutating func members(
    _ body: (inout JSONScanner, _ key: String) throws(TrialDataError) -> Void
  ) throws(TrialDataError) {
    try expect(0x7B)
    if take(0x7D) { return }
    repeat {
      let key = try string()
      try expect(0x3A)
      try body(&self, key)
    } while take(0x2C)
    try expect(0x7D)
  }

  /// Elements of an array in turn; `body` passes each.
  mutating func elements(_ body: (inout JSONScanner) throws(TrialDataError) -> Void) throws(TrialDataError) {
    try expect(0x5B)
    if take(0x5D) { return }
    repeat { try body(&self) } while take(0x2C)
    try expect(0x5D)
  }

  mutating func string() throws(TrialDataError) -> String {
    var bytes: [UInt8] = []
    try string(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A string's text, escapes resolved, at the end of `bytes`.
  mutating func string(into bytes: inout [UInt8]) throws(TrialDataError) {
    guard take(0x22) else { throw syntax("a string") }
    while at < text.count {
      let start = at
      while at < text.count, text[at] != 0x22, text[at] != 0x5C, text[at] >= 0x20 { at += 1 }
      bytes += text[start..<at]
      guard at < text.count else { break }
      switch text[at] {
      case 0x22:
        at += 1
        return
      case 0x5C: try escape(into: &bytes)
      default: throw fault("has a control character in a string at byte \(at)")
      }
    }
    throw syntax("the end of a string")
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(TrialDataError) {
    at += 1
    guard at < text.count else { throw syntax("an escape") }
    let mark = text[at]
    at += 1
    switch mark {
    case 0x22, 0x5C, 0x2F: bytes.append(mark)
    case 0x62: bytes.append(0x08)
    case 0x66: bytes.append(0x0C)
    case 0x6E: bytes.append(0x0A)
    case 0x72: bytes.append(0x0D)
    case 0x74: bytes.append(0x09)
    case 0x75:
      var code = try fourDigits()
      if (0xD800..<0xDC00).contains(code) {
        guard at + 1 < text.count, text[at] == 0x5C, text[at + 1] == 0x75 else { throw syntax("half of a character") }
        at += 2
        let low = try fourDigits()
        guard (0xDC00..<0xE000).contains(low) else { throw syntax("half of a character") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code), code != 0 else { throw syntax("a character that may stand in a text") }
      bytes += Array(String(Character(scalar)).utf8)
    default: throw syntax("an escape that JSON knows")
    }
  }

  private mutating func fourDigits() throws(TrialDataError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard at < text.count, let digit = Character(Unicode.Scalar(text[at])).hexDigitValue else {
        throw syntax("a hexadecimal digit")
      }
      code = code << 4 + UInt32(digit)
      at += 1
    }
    return code
  }

  /// The text of a number.
  mutating func number() throws(TrialDataError) -> Slice<UnsafeBufferPointer<UInt8>> {
    _ = next()
    let start = at
    func isDigit(_ position: Int) -> Bool { position < text.count && (0x30...0x39).contains(text[position]) }
    func digits(_ position: Int) -> Int {
      var end = position
      while isDigit(end) { end += 1 }
      return end
    }
    if at < text.count, text[at] == 0x2D { at += 1 }
    guard isDigit(at) else { throw syntax("a number") }
    at = text[at] == 0x30 ? at + 1 : digits(at)
    if at < text.count, text[at] == 0x2E {
      guard isDigit(at + 1) else { throw syntax("a digit behind the point") }
      at = digits(at + 1)
    }
    if at < text.count, text[at] | 0x20 == 0x65 {
      at += 1
      if at < text.count, text[at] == 0x2B || text[at] == 0x2D { at += 1 }
      guard isDigit(at) else { throw syntax("an exponent") }
      at = digits(at)
    }
    return text[start..<at]
  }

  /// Passes a word such as null if it comes next.
  mutating func take(_ word: StaticString) -> Bool {
    _ = next()
    let count = word.utf8CodeUnitCount
    guard at + count <= text.count else { return false }
    let isHere = word.withUTF8Buffer { letters in text[at..<(at + count)].elementsEqual(letters) }
    if isHere { at += count }
    return isHere
  }

  /// Passes any value.
  mutating func skip(depth: Int = 0) throws(TrialDataError) {
    guard depth < JSONScanner.depthLimit else { throw fault("has values inside each other, too deep to be a table") }
    switch next() {
    case 0x7B: try members { (inner, _) throws(TrialDataError) in try inner.skip(depth: depth + 1) }
    case 0x5B: try elements { inner throws(TrialDataError) in try inner.skip(depth: depth + 1) }
    case 0x22:
      var passed: [UInt8] = []
      try string(into: &passed)
    default:
      if take("null") || take("true") || take("false") { return }
      _ = try number()
    }
  }
}
