internal import Survival

/// A text cut into pieces of one size, and how many rows start in each.
///
/// A line belongs to the piece that holds the line end before it. The pieces depend on the size of the text alone, so that no
/// result depends on the number of threads.
struct RowPieces {
  static let pieceSize = 1 << 20

  /// What a first look at every byte tells, piece by piece.
  struct Survey {
    var hasQuote = false
    var hasNUL = false
    /// Whether there are bytes beyond ASCII.
    var hasHighBytes = false
    /// Line feeds in each piece; nil where the lines must be looked at one by one to tell the rows.
    var lines: [Int?] = []
  }

  /// Where the first line of each piece is looked for, and the end of the piece.
  let ranges: [Range<Int>]
  /// The rows before each piece.
  let firstRows: [Int]
  let rowCount: Int

  /// A first look at a text.
  static func survey(_ text: UnsafeBufferPointer<UInt8>, pieceSize: Int = pieceSize) -> Survey {
    let (source, size) = (Text(text), text.count)
    let found = concurrentMap(RowPieces.count(size, pieceSize)) { piece in
      look(source, RowPieces.range(piece, size, pieceSize))
    }
    var survey = Survey()
    for piece in found {
      survey.hasQuote = survey.hasQuote || piece.hasQuote
      survey.hasNUL = survey.hasNUL || piece.hasNUL
      survey.hasHighBytes = survey.hasHighBytes || piece.hasHighBytes
      survey.lines.append(piece.isPlain ? piece.lines : nil)
    }
    return survey
  }

  /// - Parameters:
  ///   - bodyStart: where the line after the header starts.
  ///   - lines: of the survey of the same pieces; nil to look at every line.
  init(_ reader: RowReader, bodyStart: Int, lines: [Int?]?, pieceSize: Int) {
    let size = reader.count
    let pieces = RowPieces.count(size, pieceSize)
    let ranges = (0..<pieces).map { piece -> Range<Int> in
      let range = RowPieces.range(piece, size, pieceSize)
      return min(max(range.lowerBound, bodyStart - 1), range.upperBound)..<range.upperBound
    }
    let counts = concurrentMap(pieces) { piece -> Int in
      let range = ranges[piece]
      if range.isEmpty { return 0 }
      guard piece * pieceSize >= bodyStart, let lines = lines?[piece] else { return reader.rows(in: range) }
      // A line feed at the very end starts no line.
      return range.upperBound == size && reader.isLineEnd(size - 1) ? lines - 1 : lines
    }
    var firstRows: [Int] = []
    var rows = 0
    for count in counts {
      firstRows.append(rows)
      rows += count
    }
    self.ranges = ranges
    self.firstRows = firstRows
    rowCount = rows
  }

  private static func count(_ size: Int, _ pieceSize: Int) -> Int { (size + pieceSize - 1) / pieceSize }

  private static func range(_ piece: Int, _ size: Int, _ pieceSize: Int) -> Range<Int> {
    piece * pieceSize..<min((piece + 1) * pieceSize, size)
  }

  private struct Look {
    var lines = 0
    var hasQuote = false
    var hasNUL = false
    var hasHighBytes = false
    /// Whether line feeds are the line ends and no line of the piece can be blank.
    var isPlain = true
  }

  /// The text, for the threads.
  private struct Text: @unchecked Sendable {
    let base: UnsafePointer<UInt8>?
    init(_ text: UnsafeBufferPointer<UInt8>) { base = text.baseAddress }
  }

  /// Looks at eight bytes at a time, as lanes of a word.
  private static func look(_ text: Text, _ range: Range<Int>) -> Look {
    guard let base = text.base else { return Look() }
    var found = Look()
    let (ones, low, top): (UInt64, UInt64, UInt64) = (
      0x0101_0101_0101_0101, 0x7F7F_7F7F_7F7F_7F7F, 0x8080_8080_8080_8080
    )
    // Lanes whose highest bit is set; of the first three at least the lowest of them is right.
    var (quotes, nuls, returns, high, oddLines): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var i = range.lowerBound
    while i + 8 <= range.upperBound {
      // Counts in lanes, which take 255.
      var lines: UInt64 = 0
      let stop = min(i + 8 * 255, range.upperBound)
      while i + 8 <= stop {
        let raw = UnsafeRawPointer(base + i)
        let word = raw.loadUnaligned(as: UInt64.self)
        let after = raw.loadUnaligned(fromByteOffset: 1, as: UInt64.self)
        let fromFeed = word ^ (ones &* 0x0A)
        let isFeed = ~(((fromFeed & low) &+ low) | fromFeed | low)
        lines &+= isFeed &>> 7
        let fromQuote = word ^ (ones &* 0x22)
        quotes |= (fromQuote &- ones) & ~fromQuote
        nuls |= (word &- ones) & ~word
        let fromReturn = word ^ (ones &* 0x0D)
        returns |= (fromReturn &- ones) & ~fromReturn
        high |= word
        // A line that starts with a control character or a blank may be a blank one.
        oddLines |= isFeed & ~(((after & low) &+ (ones &* 0x5F)) | after)
        i += 8
      }
      for lane in 0..<8 { found.lines += Int((lines >> UInt64(8 * lane)) & 0xFF) }
    }
    found.hasQuote = quotes & top != 0
    found.hasNUL = nuls & top != 0
    found.hasHighBytes = high & top != 0
    found.isPlain = (returns | oddLines) & top == 0
    while i < range.upperBound {
      switch base[i] {
      case 0x0A:
        found.lines += 1
        if base[i + 1] <= 0x20 { found.isPlain = false }
      case 0x0D: found.isPlain = false
      case 0x22: found.hasQuote = true
      case 0: found.hasNUL = true
      case 0x80...: found.hasHighBytes = true
      default: break
      }
      i += 1
    }
    return found
  }
}
