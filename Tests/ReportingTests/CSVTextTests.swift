import Reporting
import Testing

@Suite struct CSVTextTests {
  @Test(
    "texts that a spreadsheet would run begin with an apostrophe; the list of OWASP's page on CSV injection, and blanks before",
    arguments: [
      "=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1+1)", "=HYPERLINK(\"http://x\")", "  =1", "\u{A0}=1",
      "\u{FF1D}1+1", "\u{FF0B}1", "\u{FF0D}x", "\u{FF20}x", "-", "+", "-inf", "-nan", "-0x1p3", "--1", "-1-1",
    ])
  func formulas(_ text: String) {
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    #expect(CSVText.field(text) == "\"'\(doubled)\"")
    #expect(!CSVText.field(text, isRaw: true).contains("'") || text.contains("'"))
  }

  @Test("a tab or a line end at the start counts as a sign", arguments: ["\t=1", "\tx", "\rx", "\nx"])
  func blanks(_ text: String) { #expect(CSVText.field(text) == "\"'\(text)\"") }

  @Test(
    "other texts, and numbers with their sign, stay",
    arguments: ["a=b", "177Lu", "x@y", "-1", "+2.5", "-1e-3", "", "1-2"])
  func others(_ text: String) { #expect(CSVText.field(text) == text) }

  @Test("RFC 4180: quotes where there is a separator, a quote or a line end, quotes doubled")
  func quotes() {
    #expect(CSVText.field("a,b") == "\"a,b\"" && CSVText.field("a\"b") == "\"a\"\"b\"")
    #expect(CSVText.field("a\nb") == "\"a\nb\"" && CSVText.field("a\r\nb", isRaw: true) == "\"a\r\nb\"")
  }

  @Test("nothing in a label steers a terminal: ESC, C1, marks that turn the text; raw labels keep them")
  func controls() {
    #expect(CSVText.field("a\u{1B}[2Jb\u{9B}31m\u{202E}c\u{0}") == "a [2Jb 31m c ")
    #expect(CSVText.field("a\u{1B}b", isRaw: true) == "a\u{1B}b")
    #expect(printable("a\u{9B}b\u{200F}c\u{2066}") == "a b c ")
    #expect(JSONValue.string("\u{9B}\u{202E}\u{2028}é").text == "\"\\u009b\\u202e\\u2028é\"\n")
  }
}
