/// What `survkit-readstat` writes: frames as Sources/survkit-readstat/frames.h has them.
///
/// The program reads files of others, so that its word is not taken for anything: lengths, texts and counts are checked, and a
/// stream without its end is none.
struct ReadStatStream {
  /// No frame is larger.
  private static let frameLimit = 1 << 18

  private(set) var table = ByteCollector()
  private(set) var facts: [String: String] = [:]
  private(set) var columns: [FileDescription.Column] = []
  private(set) var specialMissing: [FileDescription.SpecialMissing] = []
  /// What the program says went wrong: a kind and a message.
  private(set) var trouble: (kind: String, message: String)?
  /// Whether the stream came to its end, with the counts it states.
  private(set) var isComplete = false
  /// The set of value labels of each column, and the labels of each set.
  private var labelSets: [String] = []
  private var labels: [String: [FileDescription.ValueLabel]] = [:]
  private var pending: [UInt8] = []

  /// Takes in more of the stream.
  ///
  /// - Returns: false where it cannot be one.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    pending += bytes
    var at = 0
    while pending.count - at >= 5 {
      let length = (1...4).reduce(0) { $0 | Int(pending[at + $1]) << (8 * ($1 - 1)) }
      guard length <= ReadStatStream.frameLimit, !isComplete, trouble == nil else { return false }
      let end = at + 5 + length
      if end > pending.count { break }
      guard take(pending[at], pending[(at + 5)..<end]) else { return false }
      at = end
    }
    pending.removeFirst(at)
    return true
  }

  /// Whether nothing is left of a frame that has not come whole.
  var isAtFrameEnd: Bool { pending.isEmpty }

  private mutating func take(_ type: UInt8, _ payload: ArraySlice<UInt8>) -> Bool {
    if type == UInt8(ascii: "C") {
      table.block += payload
      table.closeBlock()
      return true
    }
    // Every string ends with a zero byte.
    guard payload.last == 0 else { return false }
    var texts: [String] = []
    for part in payload.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      guard let text = String(validating: part, as: UTF8.self) else { return false }
      texts.append(text)
    }
    switch (Character(Unicode.Scalar(type)), texts.count) {
    case ("F", 2): facts[texts[0]] = texts[1]
    case ("V", 5):
      var column = FileDescription.Column(name: texts[0])
      (column.label, column.displayFormat) = (texts[1], texts[2])
      columns.append(column)
      labelSets.append(texts[3])
    case ("L", 3): labels[texts[0], default: []].append(FileDescription.ValueLabel(code: texts[1], label: texts[2]))
    case ("S", 3):
      guard let count = Int(texts[2]) else { return false }
      specialMissing.append(FileDescription.SpecialMissing(column: texts[0], code: texts[1], count: count))
    case ("E", 2): trouble = (texts[0], texts[1])
    case ("Z", 2):
      guard Int(texts[1]) == table.count else { return false }
      isComplete = true
    default: return false
    }
    return true
  }

  /// The rows, and what the file says.
  mutating func finish(_ format: DataFormat) -> (table: FileBytes, description: FileDescription) {
    var description = FileDescription(format)
    // The version of a transport file is part of its name, that of SAS7BDAT and SAV says nothing to a reader.
    if format == .dta { description.version = facts["version"] }
    if format == .sav, facts["compression"] == "binary" { description.format = .zsav }
    description.encoding = facts["encoding"] ?? "UTF-8"
    for position in columns.indices where !labelSets[position].isEmpty {
      columns[position].valueLabels = labels[labelSets[position]] ?? []
    }
    description.columns = columns
    description.specialMissing = specialMissing
    return (table.finish(), description)
  }
}
