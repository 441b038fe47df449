internal import Charts

/// Legend and annotation as one block: a line sample, the arm's label and its cells in columns, free lines below.
struct ResultBlock {
  struct Piece {
    /// Without the spaces that keep a line in one piece: lines are made.
    let text: String
    let x: Double
    /// Baseline, from the top of the block.
    let y: Double
    let style: TextStyle
    let anchor: Element.Anchor
    /// The arm whose colour it has; nil for the colour of text.
    let arm: Int?
  }

  /// Middle of the line samples, from the top of the block, one per arm.
  private(set) var sampleHeights: [Double] = []
  private(set) var pieces: [Piece] = []
  private(set) var width: Double
  private(set) var height = 0.0
  /// Whether columns were narrowed to fit, so that cells wrap.
  let isSqueezed: Bool

  static let sampleLength = 20.0
  private static let sampleGap = 5.0
  private static let columnGap = 12.0

  /// - Parameters:
  ///   - size: font size.
  ///   - maximumWidth: the block is not wider: columns become narrower and wrap.
  ///   - labelWidth: widest column of labels.
  init(labels: [String], annotation: FigureAnnotation, size: Double, maximumWidth: Double, labelWidth: Double) {
    let plain = TextStyle(size: size)
    let bold = TextStyle(size: size, isBold: true)
    let columns = max(annotation.header.count, annotation.rows.map(\.count).max() ?? 0)
    let header = (0..<columns).map { ResultBlock.unbroken(cell(annotation.header, $0)) }
    let rows = labels.indices.map { row in
      (0..<columns).map { ResultBlock.unbroken(row < annotation.rows.count ? cell(annotation.rows[row], $0) : "") }
    }
    let lead = ResultBlock.sampleLength + ResultBlock.sampleGap
    var widths = [min(labelWidth, labels.map(bold.width(of:)).max() ?? 0)]
    for column in 0..<columns {
      widths.append(max(bold.width(of: header[column]), rows.map { plain.width(of: $0[column]) }.max() ?? 0))
    }
    let gaps = Double(columns) * ResultBlock.columnGap
    isSqueezed = lead + widths.reduce(0, +) + gaps > maximumWidth
    ResultBlock.shrink(&widths, to: maximumWidth - lead - gaps)
    let tableWidth = lead + widths.reduce(0, +) + gaps
    let notes = annotation.lines.map(displayText).filter { !$0.isEmpty }
    let noteWidth = notes.map(plain.width(of:)).max() ?? 0
    width = min(maximumWidth, max(tableWidth, noteWidth))

    let starts = widths.indices.map { lead + widths[..<$0].reduce(0, +) + Double($0) * ResultBlock.columnGap }
    if header.contains(where: { !$0.isEmpty }) {
      add([""] + header, widths: widths, starts: starts, first: bold, others: bold, arm: nil)
    }
    for (arm, label) in labels.enumerated() {
      sampleHeights.append(height + plain.ascent - plain.digitHeight / 2)
      add([label] + rows[arm], widths: widths, starts: starts, first: bold, others: plain, arm: arm)
    }
    if !notes.isEmpty { height += size * 0.4 }
    for note in notes {
      for line in plain.wrap(note, to: width) {
        pieces.append(
          Piece(text: ResultBlock.plain(line), x: 0, y: height + plain.ascent, style: plain, anchor: .start, arm: nil))
        height += plain.lineHeight
      }
    }
  }

  /// A cell as drawn; what stands in brackets, as an interval does, goes to a line of its own before it is broken.
  private static func unbroken(_ text: String) -> String {
    var depth = 0
    var result = ""
    for character in displayText(text) {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      result.append(character == " " && depth > 0 ? "\u{A0}" : character)
    }
    return result
  }

  private static func plain(_ line: String) -> String { String(line.map { $0 == "\u{A0}" ? " " : $0 }) }

  /// One row of the table: the label at the start of its column, the other cells centred in theirs.
  private mutating func add(
    _ cells: [String], widths: [Double], starts: [Double], first: TextStyle, others: TextStyle, arm: Int?
  ) {
    var lines = 1
    for (column, text) in cells.enumerated() {
      let style = column == 0 ? first : others
      // The allowance is for sums in another order: a text exactly as wide as its column must not wrap.
      let wrapped = style.wrap(text, to: widths[column] + 0.01)
      lines = max(lines, wrapped.count)
      for (number, line) in wrapped.enumerated() {
        pieces.append(
          Piece(
            text: ResultBlock.plain(line), x: column == 0 ? starts[0] : starts[column] + widths[column] / 2,
            y: height + style.ascent + Double(number) * style.lineHeight, style: style,
            anchor: column == 0 ? .start : .middle, arm: column == 0 ? arm : nil))
      }
    }
    height += Double(lines) * first.lineHeight + (lines > 1 ? first.size * 0.2 : 0)
  }

  /// Narrows the widest columns first until their sum is at most `total`.
  private static func shrink(_ widths: inout [Double], to total: Double) {
    let least = 12.0
    while widths.reduce(0, +) > total + 0.001 {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > least else { return }
      let second = widths.indices.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let excess = widths.reduce(0, +) - total
      let target = max(least, widths[widest] - excess, second < widths[widest] - 1 ? second : widths[widest] - 1)
      widths[widest] = target
    }
  }
}

private func cell(_ cells: [String], _ index: Int) -> String { index < cells.count ? cells[index] : "" }
