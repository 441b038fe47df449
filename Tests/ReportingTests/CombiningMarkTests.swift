import Reconstruction
import Reporting
import Testing
import TrialData

/// Labels with a combining mark behind a character that has a meaning: to Swift another `Character`, to every reader of a page or
/// a table the same sign as before. Found by the fuzz target `labels`.
@Suite struct CombiningMarkTests {
  private static let mark = "\u{301}"

  @Test func aQuoteWithAMarkEndsNoAttribute() {
    let label = "x\"\(Self.mark) onclick=\"\(Self.mark)f()"
    let html = HTML.tag("p", ["title": label], "<\(Self.mark)&\(Self.mark)").text
    #expect(
      html == "<p title=\"x&quot;\(Self.mark) onclick=&quot;\(Self.mark)f()\">&lt;\(Self.mark)&amp;\(Self.mark)</p>\n")
  }

  @Test func aSeparatorWithAMarkMakesNoColumnOfMarkdown() {
    var document = ReportDocument()
    document.add(.table([["a", "b"], ["x|\(Self.mark)y", "`\(Self.mark)"]]))
    #expect(document.markdown.contains("| x\\|\(Self.mark)y | \\`\(Self.mark) |\n"))
  }

  @Test func aQuoteWithAMarkIsDoubledInCSV() throws {
    let label = "a\"\(Self.mark),b"
    let row = AnalysisRow(
      group: ("arm", label), variable: "time", context: "km", name: "estimate", label: "Estimate", value: 0.5,
      method: "")
    let rows = ReconstructedRows(
      arms: [ReconstructedArm(arm: label, level: .grid, rows: [.init(time: 1, isEvent: true)], suggestedEvents: nil)],
      diagnostics: [], title: "", citation: "", files: [], uncertainty: nil)
    for (csv, column) in [(AnalysisRow.csv([row]), "group1_level"), (rows.csv(), "arm")] {
      let table = try DataTable(ByteSource(name: "t.csv", bytes: Array(csv.utf8)))
      let read = try #require(try table.text(column).first ?? nil)
      #expect(read.utf8.elementsEqual(label.utf8), "\(column)")
    }
  }

  /// JSON writes characters that turn the direction of text as escapes: the source of a page is not turned either.
  @Test func dataOfAPageTurnNoText() {
    let data = HTML.data(id: "x", json: JSONValue.string("a\u{202E}b</script>\u{2066}\u{85}").compact).text
    #expect(
      data
        == "<script type=\"application/json\" id=\"x\">\"a\\u202eb\\u003c/script>\\u2066\\u0085\"</script>\n")
  }
}
