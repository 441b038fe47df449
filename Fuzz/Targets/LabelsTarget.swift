internal import Charts
internal import Survival
internal import SurvivalFigures

@testable internal import Reporting
@testable internal import TrialData

/// Labels out of bytes, one a line, at least `count`.
private func labels(_ bytes: [UInt8], _ count: Int) -> [String] {
  let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  return lines + [String](repeating: "", count: max(0, count - lines.count))
}

/// Labels of a Kaplan-Meier figure, one a line: title, two arms, axes, notes, results, identifier.
func fuzzSVG(_ bytes: [UInt8]) {
  let text = labels(bytes, 12)
  var options = KaplanMeierFigure.Options(
    widthInMillimetres: bytes.count % 2 == 0 ? 178 : 86, valueLabel: text[4].isEmpty ? nil : text[4])
  options.identifier = text[5]
  options.riskTable = KaplanMeierFigure.RiskTableMode.allCases[bytes.count % 4]
  let figure = try? KaplanMeierFigure(
    arms: [.init(label: text[1], curve: curves[0]), .init(label: text[2], curve: curves[1])],
    title: text[0], timeLabel: text[3],
    annotation: .init(header: [text[6], "N"], rows: [[text[7]], [text[8], text[9]]], lines: [text[10]]),
    footer: Array(text[11...].prefix(3)), summary: text[8], options: options)
  guard let figure else { fatalError("no figure") }
  checkSVG(figure.svg())
  if bytes.count % 3 == 0 {
    let parts = figure.parts()
    checkSVG(parts.svg(bandsOf: parts))
  }
}

private let curves: [KaplanMeier] = {
  let found = try? KaplanMeier.curves(
    TimeToEvent(
      time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], isEvent: [true, true, false, true, false, true, true, false, true, false]),
    by: Grouping(["a", "b", "a", "b", "a", "b", "a", "b", "a", "b"]), confidence: ConfidenceSetting())
  guard let found else { fatalError("no curves") }
  return found
}()

/// Labels in a report of every block: as a page, whose tags no label changes; as LaTeX and RTF, whose groups stay closed; as rows
/// of CSV, which read back; as JSON.
func fuzzLabels(_ bytes: [UInt8]) {
  let text = labels(bytes, 6)
  let document = report(text)
  let written = page(text)
  expect(tags(written) == tags(page(text.map { _ in "x" })), "a label changes the tags of a page")
  checkCharacters(written)
  let latex = document.latex(title: text[0])
  expect(isBalanced(latex), "an open group in LaTeX")
  let rtf = document.rtf(title: text[0])
  expect(isBalanced(rtf), "an open group in RTF")
  expect((latex + rtf).utf8.allSatisfy { $0 < 0x80 }, "LaTeX or RTF that is not ASCII")
  checkCharacters(document.text)
  checkCharacters(document.markdown)
  checkRows(text)
}

private func report(_ text: [String]) -> ReportDocument {
  var document = ReportDocument()
  document.add(.section(1, text[0]))
  document.add(.lines(text))
  document.add(.heading(text[1], lines: [text[2]]))
  document.add(.table([["", text[1], text[2]], [text[3], "1", text[4]]]))
  document.add(.textTable([[text[5], "a"], [text[4], text[3]]]))
  document.add(.list([text[2], text[3]]))
  document.add(.paragraph(text[4]))
  document.add(.code([text[5]]))
  document.add(.picture(file: "figure.svg", description: text[1]))
  return document
}

private func page(_ text: [String]) -> String {
  let document = report(text)
  var page = document.page(title: text[0])
  page.body.append(.data(id: "labels", json: JSONValue.array(text.map(JSONValue.string)).compact))
  page.body.append(.tag("p", ["class": text[3], "title": text[4]], text[5]))
  page.script = "1"
  return page.text
}

/// Whether every brace that is not escaped has its other.
private func isBalanced(_ text: String) -> Bool {
  var depth = 0
  var isEscaped = false
  for byte in text.utf8 {
    if isEscaped {
      isEscaped = false
      continue
    }
    if byte == 0x5C { isEscaped = true }
    if byte == 0x7B { depth += 1 }
    if byte == 0x7D { depth -= 1 }
    if depth < 0 { return false }
  }
  return depth == 0
}

/// Labels as cells of rows, through CSV and back.
private func checkRows(_ text: [String]) {
  let row = AnalysisRow(
    group: (text[0], text[1]), variable: text[2], level: text[3], context: "km", name: "estimate", label: text[4],
    value: 0.5, method: text[5])
  checkRows(AnalysisRow.csv([row], rawLabels: true), text, areRaw: true)
  checkRows(AnalysisRow.csv([row]), text, areRaw: false)
}

private func checkRows(_ csv: String, _ text: [String], areRaw: Bool) {
  guard !csv.utf8.contains(0) else { return }
  guard let table = try? DataTable(ByteSource(name: "t.csv", bytes: Array(csv.utf8))) else {
    fatalError("rows that are no table")
  }
  expect(table.rowCount == 1 && table.columnNames == AnalysisRow.columns, "labels that make other rows or columns")
  let cells = AnalysisRow.columns.map { (try? table.text($0))?[0] ?? "" }
  for (column, label) in [(0, 0), (1, 1), (2, 2), (3, 3), (6, 4), (11, 5)] {
    // Blanks at an end are no part of a cell; a missing value is none.
    let wanted = text[label]
    guard let first = wanted.utf8.first, let last = wanted.utf8.last, first > 0x20, last > 0x20, wanted != "NA",
      wanted != ".",
      areRaw
        || ![wanted.unicodeScalars.first, wanted.unicodeScalars.last].contains(where: { $0.map(isControl) == true })
    else { continue }
    var cell = cells[column].unicodeScalars[...]
    // What a spreadsheet would run has an apostrophe before it, and controls are blanks.
    if !areRaw, cell.first == "'", wanted.unicodeScalars.first != "'" { cell = cell.dropFirst() }
    let isSame = cell.elementsEqual(wanted.unicodeScalars) { $0 == $1 || (!areRaw && $0 == " " && isControl($1)) }
    expect(isSame, "a label that is another behind CSV")
    let sign = cells[column].unicodeScalars.first { !$0.properties.isWhitespace }
    expect(areRaw || sign.map { !"=@".unicodeScalars.contains($0) } ?? true, "a cell that a spreadsheet runs")
  }
}
