/// A file of rows in any format that is read, as the text of a CSV file with the same cells, and what else the file says.
///
/// The format is told by the content and not by the name. CSV text stays as it is; tab-separated text and Dataset-JSON are
/// rewritten; SAS, Stata and SPSS files are read by `survkit-readstat`. Any of them may be compressed with gzip.
///
/// Numbers are written so that they read back to the same double, dates and times (numbers with a display format of one) as
/// ISO 8601 text, missing values as empty cells, text in UTF-8 without the blanks behind it.
public struct DataFile: Sendable {
  /// The bytes as they were read: what a checksum is of.
  public let original: ByteSource
  /// The rows as CSV text, under the name of the file.
  public let table: ByteSource
  public let description: FileDescription

  /// Asked whether there may be memory for that many bytes; throws where there may not.
  package typealias SizeCheck = (_ name: String, _ count: Int) throws(TrialDataError) -> Void

  /// Reads a file, or standard input for "-".
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the most bytes that the file, and its rows as CSV text, may have.
  /// - Throws: `TrialDataError`: noInput when the file cannot be read; data when it is damaged, of a kind that is not read, or
  ///   too large; memory when reading it takes more than its size warrants; program when `survkit-readstat` is missing.
  public static func read(_ path: String, limit: Int = 8 << 30) throws(TrialDataError) -> DataFile {
    try read(path, limit: limit) { _, _ throws(TrialDataError) in }
  }

  package static func read(_ path: String, limit: Int = 8 << 30, check: @escaping SizeCheck) throws(TrialDataError)
    -> DataFile
  {
    try DataFile(try ByteSource.read(path, limit: limit, check: check), limit: limit, check: check)
  }

  /// The rows of bytes that are in memory.
  public init(_ original: ByteSource, limit: Int = 8 << 30) throws(TrialDataError) {
    try self.init(original, limit: limit) { _, _ throws(TrialDataError) in }
  }

  package init(_ original: ByteSource, limit: Int, check: @escaping SizeCheck) throws(TrialDataError) {
    self.original = original
    let name = original.name
    // What is written comes beside what was read.
    func checkBeside(_ file: String, _ count: Int) throws(TrialDataError) { try check(file, original.count + count) }
    var content = original.memory
    var detected = FormatDetection(content.buffer)
    var isCompressed = false
    if detected == .gzip {
      isCompressed = true
      content = try Gunzip.inflate(content, file: name, limit: limit, check: checkBeside)
      detected = FormatDetection(content.buffer)
    }
    let format: DataFormat
    switch detected {
    case .format(let found): format = found
    case .gzip: throw TrialDataError(.data, file: name, "is compressed twice; unpack it once")
    case .refused(let advice): throw TrialDataError(.data, file: name, advice)
    }

    var found: (table: FileBytes, description: FileDescription)
    switch format {
    case .csv: found = (content, FileDescription(.csv))
    case .tsv: found = (TabSeparatedText.csv(content), FileDescription(.tsv))
    case .datasetJSON, .datasetNDJSON:
      found = try DatasetJSON.read(content, file: name, limit: limit, check: checkBeside)
    case .xportV5, .xportV8, .sas7bdat, .dta, .sav, .zsav:
      if let fault = TransportFile.fault(content.buffer, format) { throw TrialDataError(.data, file: name, fault) }
      found = try ReadStatProgram.read(content, format, file: name, limit: limit, check: checkBeside)
    }
    found.description.isCompressed = isCompressed
    if let note = DataFile.note(name, found.description) { found.description.notes.insert(note, at: 0) }
    table = found.table === original.memory ? original : ByteSource(name: name, memory: found.table)
    description = found.description
  }

  /// Says that a file is not what its name says.
  private static func note(_ name: String, _ description: FileDescription) -> FileDescription.Note? {
    let saysCompressed = name.lowercased().hasSuffix(".gz")
    let named = DataFormat.named(saysCompressed ? String(name.dropLast(3)) : name)
    let isOther = !named.isEmpty && !named.contains(description.format)
    guard isOther || (saysCompressed && !description.isCompressed) else { return nil }
    return FileDescription.Note(
      code: "content-differs-from-name",
      message: "the content of \(name) is not what its name says: it was read as \(description.title)")
  }
}
