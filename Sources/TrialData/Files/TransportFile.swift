/// What the records of a SAS transport file say before it is read.
///
/// SAS Institute, "The Record Layout of a Data Set in SAS Transport (XPORT) Format": records of 80 bytes; every data set begins
/// with a member header record, its name stands in the second record behind that.
enum TransportFile {
  static let recordSize = 80

  /// Why the file is not read; nil for other formats and for a file of one data set.
  static func fault(_ bytes: UnsafeBufferPointer<UInt8>, _ format: DataFormat) -> String? {
    guard format == .xportV5 || format == .xportV8 else { return nil }
    guard bytes.count % recordSize == 0 else {
      return
        "has not a whole number of records of \(recordSize) bytes; it is cut off, or was changed as text on its way"
    }
    let header = Array("HEADER RECORD*******MEM".utf8)
    var names: [String] = []
    var at = 0
    while at + recordSize <= bytes.count {
      if bytes[at] == header[0], bytes[at..<(at + header.count)].elementsEqual(header) {
        let member = at + 2 * recordSize
        let length = format == .xportV5 ? 8 : 32
        if member + recordSize <= bytes.count {
          names.append(name(bytes[(member + 8)..<(member + 8 + length)]))
        }
      }
      at += recordSize
    }
    guard names.count > 1 else { return nil }
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    return "holds \(names.count) data sets (\(listed)); write the one to analyse to a file of its own"
  }

  private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: bytes.prefix { $0 != 0x20 && $0 != 0 }, as: UTF8.self)
  }
}
