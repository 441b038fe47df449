/// Bytes written one after another, in blocks, until they are a file's.
///
/// A growing array would be copied as a whole every time it doubles.
struct ByteCollector {
  static let blockSize = 1 << 20

  private var blocks: [[UInt8]] = []
  private var countBefore = 0
  /// The block that is written; `closeBlock` is called now and then.
  var block: [UInt8] = []

  var count: Int { countBefore + block.count }

  /// Begins another block where this one is full.
  @inline(__always)
  mutating func closeBlock() { if block.count >= ByteCollector.blockSize { nextBlock() } }

  private mutating func nextBlock() {
    countBefore += block.count
    blocks.append(block)
    block = []
    block.reserveCapacity(ByteCollector.blockSize + (1 << 12))
  }

  mutating func append(_ whole: [UInt8]) {
    nextBlock()
    block = whole
  }

  /// Appends a CSV field: in quotes where it holds a comma, a quote or a line end, or a blank stands at an end.
  mutating func appendField(_ field: some BidirectionalCollection<UInt8>) {
    func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
    let needsQuotes =
      isBlank(field.first) || isBlank(field.last)
      || field.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    if needsQuotes { appendQuoted(field) } else { block += field }
  }

  /// Appends a CSV field in quotes.
  mutating func appendQuoted(_ field: some Sequence<UInt8>) {
    block.append(0x22)
    for byte in field {
      if byte == 0x22 { block.append(0x22) }
      block.append(byte)
    }
    block.append(0x22)
  }

  /// All bytes; nothing is left here.
  mutating func finish() -> FileBytes {
    let total = count
    var all = blocks
    all.append(block)
    self = ByteCollector()
    return FileBytes(capacity: total) { base in
      var filled = 0
      for position in all.indices {
        all[position].withUnsafeBufferPointer { part in
          if let start = part.baseAddress { (base + filled).initialize(from: start, count: part.count) }
        }
        filled += all[position].count
        all[position] = []
      }
      return filled
    }
  }
}
