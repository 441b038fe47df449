internal import Survival

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a file, in memory of their own that is not changed after it was filled.
///
/// Behind the last byte stands room for `padding` more: a line end and zeros, so that a scan for the end of a cell ends and
/// eight bytes can be looked at anywhere.
final class FileBytes: @unchecked Sendable {
  static let padding = 64

  let base: UnsafeMutablePointer<UInt8>
  private(set) var count: Int

  /// Room for `capacity` bytes, not yet filled.
  private init(capacity: Int) {
    // Whole pages of 2 MiB: touching 86 MB in pages of 4 KiB takes longer than parsing them.
    let size = (capacity + FileBytes.padding + 0x1F_FFFF) & ~0x1F_FFFF
    let isLarge = capacity > 0x40_0000
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: isLarge ? size : capacity + FileBytes.padding, alignment: isLarge ? 0x20_0000 : 64)
    if isLarge { adviseLargePages(memory, bytes: size) }
    base = memory.bindMemory(to: UInt8.self, capacity: capacity + FileBytes.padding)
    count = 0
  }

  deinit { base.deallocate() }

  private func finish(_ count: Int) {
    self.count = count
    base.advanced(by: count).initialize(repeating: 0, count: FileBytes.padding)
    base[count] = 0x0A
  }

  convenience init(_ bytes: some Collection<UInt8>) {
    self.init(capacity: bytes.count)
    _ = UnsafeMutableBufferPointer(start: base, count: bytes.count).initialize(from: bytes)
    finish(bytes.count)
  }

  /// Filled by `body`, which returns how many bytes it wrote, at most `capacity`.
  convenience init(capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    self.init(capacity: capacity)
    finish(body(base))
  }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The first `count` bytes of a file, on as many threads as are allowed.
  ///
  /// - Returns: nil when the file cannot be read by position or has become shorter.
  static func read(_ descriptor: Int32, count: Int) -> FileBytes? {
    let bytes = FileBytes(capacity: count)
    let pieceSize = 1 << 20
    let pieces = (count + pieceSize - 1) / pieceSize
    let areRead = concurrentMap(pieces) { piece in
      var from = piece * pieceSize
      let end = min(from + pieceSize, count)
      while from < end {
        let read = pread(descriptor, bytes.base + from, end - from, off_t(from))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { return false }
        from += read
      }
      return true
    }
    guard areRead.allSatisfy({ $0 }) else { return nil }
    bytes.finish(count)
    return bytes
  }
}

/// An array whose elements `body` sets, all of them, in large pages of memory where it is large.
func filledArray<Element>(
  _ count: Int, _ body: (UnsafeMutablePointer<Element>) -> Void
) -> [Element] {
  // Of no elements: see `filled` of Survival.
  if count == 0 { return [] }
  return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    guard let base = buffer.baseAddress else { return }
    adviseLargePages(base, bytes: count * MemoryLayout<Element>.stride)
    body(base)
    initialized = count
  }
}
