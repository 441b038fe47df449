/// What the first bytes of a file say that it is; its name is not asked.
enum FormatDetection: Equatable {
  case format(DataFormat)
  case gzip
  /// A known kind of file that is not read: what it is, and what to do.
  case refused(String)

  /// How many bytes are looked at, but for the header of a text.
  static let prefixCount = 512

  /// - Parameter text: the whole file, or its beginning of at least `prefixCount` bytes and a first line.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    let start = Array(text.prefix(FormatDetection.prefixCount))
    if start.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if let format = FormatDetection.binary(start) {
      self = .format(format)
    } else if let advice = FormatDetection.advice(start) {
      self = .refused(advice)
    } else {
      self = FormatDetection.textual(text)
    }
  }

  private static func binary(_ start: [UInt8]) -> DataFormat? {
    func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
    // SAS, "The Record Layout of a Data Set in SAS Transport (XPORT) Format", versions 5 and 8.
    if begins("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!") { return .xportV5 }
    if begins("HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!") { return .xportV8 }
    if start.starts(with: sasMagic + [0x60] + sasMagicRest) { return .sas7bdat }
    if begins("$FL2") { return .sav }
    if begins("$FL3") { return .zsav }
    // Stata's help file "dta": since version 117 a tag; before it the version, the byte order, a file type of 1 and a zero.
    if begins("<stata_dta>") { return .dta }
    if start.count > 4, (102...115).contains(start[0]), [1, 2].contains(start[1]), start[2] == 1, start[3] == 0 {
      return .dta
    }
    return nil
  }

  /// Shared by data sets and catalogues, which differ in the byte behind it.
  private static let sasMagic = [UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81]
  private static let sasMagicRest: [UInt8] = [0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00]

  /// What to do with a known kind of file that is not read.
  private static func advice(_ start: [UInt8]) -> String? {
    let asCSV = "save the sheet as CSV UTF-8"
    let fromR = "write it with write.csv() in R, or with haven::write_xpt()"
    let known: [(magic: [UInt8], advice: String)] = [
      (Array("PK\u{3}\u{4}".utf8), "is a zip archive or an Excel workbook; unpack it, or \(asCSV)"),
      ([0xD0, 0xCF, 0x11, 0xE0], "is a workbook or document of old Office programs; \(asCSV)"),
      (Array("%PDF".utf8), "is a PDF; give the file of the rows"),
      (Array("PAR1".utf8), "is a Parquet file; write it as CSV, such as with pandas or arrow"),
      (Array("ARROW1".utf8), "is an Arrow (Feather) file; write it as CSV, such as with pandas or arrow"),
      (Array("FEA1".utf8), "is a Feather file; write it as CSV, such as with pandas or arrow"),
      (Array("RDX".utf8), "is R data; \(fromR)"), (Array("RDA".utf8), "is R data; \(fromR)"),
      ([0x58, 0x0A, 0, 0, 0], "is an R object; \(fromR)"), ([0x42, 0x0A, 2, 0, 0, 0], "is an R object; \(fromR)"),
      (Array("A\n2\n".utf8), "is an R object; \(fromR)"), (Array("A\n3\n".utf8), "is an R object; \(fromR)"),
      (Array("BZh".utf8), "is compressed with bzip2; unpack it, or compress with gzip"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "is compressed with xz; unpack it, or compress with gzip"),
      ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with zstd; unpack it, or compress with gzip"),
      ([0x37, 0x7A, 0xBC, 0xAF], "is a 7z archive; unpack it"),
      (Array("SQLite format 3".utf8), "is an SQLite database; export the table as CSV"),
      ([0x89, 0x48, 0x44, 0x46], "is an HDF5 file; write it as CSV"),
      (
        sasMagic + [0x63] + sasMagicRest, "is a SAS catalogue, which holds formats and no rows; give the .sas7bdat file"
      ),
      (
        Array("**COMPRESSED** **COMPRESSED**".utf8),
        "is a file of SAS PROC CPORT, which only SAS reads; write it with the XPORT engine (libname xpt xport)"
      ),
      (Array("<?xml".utf8), "is XML; export the rows as CSV or Dataset-JSON"),
      (Array("<!DOCTYPE".utf8), "is a web page; give the file of the rows"),
      (Array("<html".utf8), "is a web page; give the file of the rows"),
    ]
    return known.first { start.starts(with: $0.magic) }?.advice
  }

  private static func textual(_ text: UnsafeBufferPointer<UInt8>) -> FormatDetection {
    let bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: text[3...]) : text
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    if let first = bytes.first(where: { !blanks.contains($0) }), first == 0x7B {
      // Which of the two forms is told by what stands in the object.
      return .format(.datasetJSON)
    }
    var (tabs, commas, isQuoted) = (0, 0, false)
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == 0x09 { tabs += 1 }
      if byte == 0x2C { commas += 1 }
    }
    return .format(tabs > 0 && commas == 0 ? .tsv : .csv)
  }
}
