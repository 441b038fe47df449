/// Tab-separated text as CSV: fields in quotes stay as they are, others with a comma or a quote inside get quotes.
///
/// Lines stay lines, so that row numbers are those of the file, and what is wrong with a row is told by the reader of CSV.
enum TabSeparatedText {
  static func csv(_ text: FileBytes) -> FileBytes {
    var out = ByteCollector()
    let bytes = text.buffer
    var at = 0
    while at < bytes.count {
      var end = at
      if bytes[at] == 0x22 {
        // A quote inside is doubled, which closes the field and opens it again.
        repeat {
          end += 1
          while end < bytes.count, bytes[end] != 0x22 { end += 1 }
          end += 1
        } while end < bytes.count && bytes[end] == 0x22
        end = min(end, bytes.count)
      }
      let isQuoted = end > at
      while end < bytes.count, !isFieldEnd(bytes[end]) { end += 1 }
      let field = bytes[at..<end]
      if isQuoted || !field.contains(where: { $0 == 0x2C || $0 == 0x22 }) {
        out.block += field
      } else {
        out.appendQuoted(field)
      }
      if end < bytes.count { out.block.append(bytes[end] == 0x09 ? 0x2C : bytes[end]) }
      out.closeBlock()
      at = end + 1
    }
    return out.finish()
  }

  private static func isFieldEnd(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
