internal import CZlib

/// Files compressed with gzip (RFC 1952): one member after another, each with its checksum, which zlib compares.
enum Gunzip {
  /// A text cannot shrink more than this; a file that does is made to fill the memory.
  static let ratioLimit = 1000
  /// Where the ratio begins to count.
  private static let ratioStart = 1 << 20

  /// - Throws: `TrialDataError` (data) for a file that is damaged, cut off, has something behind its end, or unpacks to more
  ///   than `limit` bytes or `ratioLimit` times its size; what `check` throws.
  static func inflate(
    _ packed: FileBytes, file: String, limit: Int, check: DataFile.SizeCheck
  ) throws(TrialDataError) -> FileBytes {
    func fault(_ message: String) -> TrialDataError { TrialDataError(.data, file: file, message) }
    let noMemory = TrialDataError(.memory, file: file, "there is no memory to unpack it")
    // zlib keeps the address of its state, which must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw noMemory
    }
    defer { inflateEnd(stream) }

    var unpacked = ByteCollector()
    var fed = 0
    while true {
      if stream.pointee.avail_in == 0, fed < packed.count {
        let piece = min(packed.count - fed, 1 << 30)
        stream.pointee.next_in = packed.base + fed
        stream.pointee.avail_in = UInt32(piece)
        fed += piece
      }
      var status = Z_OK
      let block = [UInt8](unsafeUninitializedCapacity: ByteCollector.blockSize) { buffer, count in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(buffer.count)
        status = CZlib.inflate(stream, Z_NO_FLUSH)
        count = buffer.count - Int(stream.pointee.avail_out)
      }
      let used = fed - Int(stream.pointee.avail_in)
      if !block.isEmpty { unpacked.append(block) }
      guard unpacked.count <= limit else { throw fault("unpacks to more than the limit of \(limit) bytes") }
      guard unpacked.count <= ratioStart || unpacked.count / ratioLimit <= used else {
        throw fault(
          "unpacks to more than \(ratioLimit) times its size, which no table does; it is not unpacked further")
      }
      try check(file, unpacked.count)
      switch status {
      case Z_STREAM_END:
        let rest = UnsafeBufferPointer(rebasing: packed.buffer[used...])
        // Some programs fill the last block of a medium with zeros.
        if rest.allSatisfy({ $0 == 0 }) { return unpacked.finish() }
        guard rest.starts(with: [0x1F, 0x8B]) else {
          throw fault("has \(rest.count) bytes behind the end of its compressed data; it is damaged")
        }
        guard inflateReset(stream) == Z_OK else { throw noMemory }
      case Z_OK: break
      case Z_BUF_ERROR where used == packed.count: throw fault("is cut off: its compressed data have no end")
      case Z_MEM_ERROR: throw noMemory
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
        throw fault("cannot be unpacked: \(reason); it is damaged")
      }
    }
  }
}
