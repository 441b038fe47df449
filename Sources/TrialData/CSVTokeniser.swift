internal import CLibCSV

/// Takes the fields of a delimited text file, one after another.
class CSVSink {
  /// The row under way: 0 for the first line, or the count of rows where the first line is a header.
  var rowNumber = 0

  func add(_ bytes: UnsafeRawBufferPointer) {}

  func endRow() { rowNumber += 1 }

  /// Feeds the fields of `bytes` to the sink: RFC 4180 quoting; LF, CRLF or CR; blank lines are no rows, and blanks around a
  /// field that is not quoted are no part of it.
  ///
  /// - Throws: `TrialDataError` naming the row of a stray or open quote.
  func take(_ bytes: UnsafeBufferPointer<UInt8>, file: String, separator: UInt8 = 0x2C) throws(TrialDataError) {
    var parser = csv_parser()
    guard csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else {
      throw TrialDataError(.data, file: file, "the CSV reader could not start")
    }
    defer { csv_free(&parser) }
    csv_set_delim(&parser, separator)
    let context = Unmanaged.passUnretained(self).toOpaque()
    let length = bytes.count
    let read = csv_parse(&parser, bytes.baseAddress, length, collectField, collectRow, context)
    if read != length {
      throw TrialDataError(
        .data, file: file, row: rowNumber, "a quote stands inside an unquoted field, or text follows a quote")
    }
    if csv_fini(&parser, collectField, collectRow, context) != 0 {
      throw TrialDataError(
        .data, file: file, row: rowNumber, "a quoted field that starts in this row is never closed")
    }
  }
}

private func collectField(_ bytes: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  let sink = Unmanaged<CSVSink>.fromOpaque(context).takeUnretainedValue()
  sink.add(UnsafeRawBufferPointer(start: bytes, count: count))
}

private func collectRow(_ terminator: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<CSVSink>.fromOpaque(context).takeUnretainedValue().endRow()
}
