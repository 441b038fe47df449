import Survival
import Testing
import TrialData

private func table(_ text: String) throws(TrialDataError) -> DataTable {
  try DataTable(ByteSource(name: "t.csv", bytes: Array(text.utf8)))
}

/// The rows of a CSV text.
func dataset(_ text: String, _ change: (inout ColumnSelection) -> Void = { _ in }) throws -> TrialDataset {
  var selection = ColumnSelection()
  change(&selection)
  return try TrialDataset(try table(text), selection)
}

/// Why a CSV text has no rows to analyse; nil where it has.
func fault(_ text: String, _ change: (inout ColumnSelection) -> Void = { _ in }) -> TrialDataError? {
  do {
    _ = try dataset(text, change)
    return nil
  } catch {
    return error as? TrialDataError
  }
}

@Suite struct ReaderTests {
  @Test("line ends, byte order mark, quotes and blank lines do not change the rows")
  func dialects() throws {
    for text in [
      "time,event\n1,1\n2,0\n", "time,event\r\n1,1\r\n2,0", "time,event\r1,1\r2,0\r",
      "\u{FEFF}time,event\n\n1,1\n\n2,0\n",
      "\"time\",\"event\"\n\"1\",1\n2,\"0\"\n",
    ] {
      let rows = try dataset(text)
      #expect(rows.time == [1, 2])
      #expect(rows.isEvent == [true, false])
    }
    #expect(try table("a,b\n\"x, \"\"y\"\"\nz\",2\n").text("a") == ["x, \"y\"\nz"])
  }

  @Test(
    "what is not a table is refused with its place",
    arguments: [
      ("", "is empty"), ("time,event\n", "no rows"), ("time,event\n1\n", "row 1: has 1 fields"),
      ("time,time\n1,1\n", "two columns"), ("time,\n1,1\n", "has no name"), ("time,event\n1,\"1\n", "never closed"),
      ("time,event\n1,1\u{0}\n", "NUL"),
    ])
  func refused(text: String, message: String) {
    #expect(fault(text)?.description.contains(message) == true)
  }

  @Test("bytes that are not UTF-8 are refused")
  func encoding() {
    #expect(throws: TrialDataError.self) {
      try DataTable(ByteSource(name: "t.csv", bytes: Array("a\n".utf8) + [0xFF, 0x0A]))
    }
    #expect(throws: TrialDataError.self) { try DataTable(ByteSource(name: "t.csv", bytes: [0xFF, 0xFE, 0x61, 0])) }
  }

  @Test(
    "bytes that are not UTF-8 are told by their offset in the file, the byte order mark counted",
    arguments: [
      ([0xC3, 0x28], 0), ([0x61, 0xC3, 0xA9, 0xFF], 3), ([0xEF, 0xBB, 0xBF, 0x61, 0x80], 4), ([0xED, 0xA0, 0x80], 0),
      ([0x61, 0xE2, 0x82], 1), ([0xC0, 0x80], 0),
    ] as [([UInt8], Int)])
  func invalidBytes(bytes: [UInt8], offset: Int) {
    let error = #expect(throws: TrialDataError.self) { try DataTable(ByteSource(name: "t.csv", bytes: bytes)) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("byte offset \(offset);"))
  }

  @Test(
    "numbers are plain decimals only", arguments: ["nan", "inf", "1e400", "0x1p3", "1,5", "5 days", "+", ".", "1e"])
  func notNumbers(cell: String) {
    if cell == "." { return }  // a missing value, tested below
    let error = fault("time,event\n1,1\n\"\(cell)\",1\n")
    #expect(error?.row == 2 && error?.column == "time")
    #expect(error?.description.contains(cell) == false || cell == "+", "the message must not repeat the value")
  }

  @Test(
    "a cell that is no number is told by its kind",
    arguments: [
      ("NaN", "is NaN"), ("-inf", "without limit"), ("1e400", "too large"), ("1,5", "decimal comma"),
      ("abc", "is text"),
      (" ", "is blank"),
    ])
  func kindOfTrouble(cell: String, kind: String) {
    let error = fault("time,event\n\"\(cell)\",1\n")
    #expect(
      error?.row == 1 && error?.column == "time" && error?.message.contains(kind) == true, "\(error?.message ?? "")")
  }

  @Test("seventeen digits come back to the bit")
  func exactDigits() throws {
    let values = [0.1, 1.0 / 3, 4.35, 2.2250738585072014e-308, 123456789.12345678]
    let text = "time,event\n" + values.map { "\($0),1\n" }.joined()
    #expect(try dataset(text).time == values)
  }

  @Test("missing rows are dropped and counted; an illegal value next to them is still found")
  func missingAndIllegal() throws {
    let rows = try dataset("time,event,arm\n1,1,a\n,1,a\n3,,b\n4,0,NA\n5,0,b\n")
    #expect(rows.sourceRows == [1, 5])
    #expect(rows.dropped.map(\.column) == ["time", "event", "arm"])
    #expect(rows.dropped.map(\.rows) == [1, 1, 1])
    let lines = ["1,1,a", ",1,a", "-3,1,a"]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let text = "time,event,arm\n" + order.map { lines[$0] + "\n" }.joined()
      #expect(fault(text)?.row == order.firstIndex(of: 2).map { $0 + 1 })
    }
    #expect(fault("time,event\n1,1\n,1\n") { $0.failOnMissing = true }?.row == 2)
  }

  @Test("event codings: what is plain is read, what could be reversed is asked for")
  func codings() throws {
    #expect(try dataset("time,event\n1,TRUE\n2,false\n").isEvent == [true, false])
    // ADaM: CNSR 0 is an event.
    #expect(try dataset("AVAL,CNSR\n1,0\n2,1\n3,2\n").isEvent == [true, false, false])
    for codes in [["1", "2"], ["Y", "N"], ["dead", "alive"], ["0", "2"], ["0", "1", "2"]] {
      let text = "time,event\n" + codes.map { "1,\($0)\n" }.joined()
      #expect(fault(text)?.description.contains("--event-values") == true)
      #expect(try dataset(text) { $0.eventValues = [codes[1]] }.isEvent == codes.map { $0 == codes[1] })
    }
    #expect(fault("time,event\n1,1\n2,0\n") { $0.eventValues = ["7"] } != nil)
    #expect(try dataset("time,event\n1,1\n2,0\n3,0\n").coding.sentence == "event = 1: 1 events, 2 censored")
  }

  @Test("CNSR is the other way round however its numbers are written, and never guessed at")
  func censoringIndicators() throws {
    // ADaM (CDISC ADTTE 1.0, section 4.1): CNSR is 0 for an event, above 0 for a censoring.
    #expect(try dataset("AVAL,CNSR\n1,0.0\n2,1.0\n3,2.0\n").isEvent == [true, false, false])
    #expect(try dataset("AVAL,cnsr\n1,1.0\n2,0\n").isEvent == [false, true])
    #expect(try dataset("AVAL,CNSR\n1,1\n2,1\n").coding.sentence == "CNSR = 0: 0 events, 2 censored")
    for codes in [["FALSE", "TRUE"], ["N", "Y"], ["0", "-1"], ["0", "0.5"], ["0", "x"]] {
      let text = "AVAL,CNSR\n" + codes.map { "1,\($0)\n" }.joined()
      #expect(fault(text)?.description.contains("--event-values") == true, "\(codes)")
      #expect(try dataset(text) { $0.eventValues = [codes[0]] }.isEvent == [true, false])
    }
    for name in ["censored", "Censor", "cens"] {
      let text = "time,\(name)\n1,0\n2,1\n"
      #expect(fault(text) { $0.event = name }?.description.contains("--event-values 0 or --event-values 1") == true)
      #expect(
        try dataset(text) {
          $0.event = name
          $0.eventValues = ["0"]
        }.isEvent == [true, false])
    }
    #expect(try dataset("time,uncensored\n1,0\n2,1\n") { $0.event = "uncensored" }.isEvent == [false, true])
  }

  @Test("an event value is found among any number of codes")
  func manyCodes() throws {
    let text = "time,event\n" + (1...40).map { "\($0),\($0)\n" }.joined() + "41,30.0\n"
    let isEvent = try dataset(text) { $0.eventValues = ["30"] }.isEvent
    #expect(isEvent.indices.filter { isEvent[$0] } == [29, 40])
    #expect(fault(text)?.message.contains("more than 20") == true)
  }

  @Test("an unknown column names those there are")
  func unknownColumn() {
    #expect(fault("t,e\n1,1\n")?.description.contains("t, e") == true)
    #expect(fault("time,event\n1,1\n") { $0.arm = "x" }?.kind == .usage)
  }

  @Test("conditions choose rows by exact text; the rest of the file is not looked at")
  func conditions() throws {
    let text = "time,event,kind,note\n1,1,os,\nx,9,other,\n2,0,os,\n3,1,OS,\n"
    let rows = try dataset(text) { $0.conditions = [RowCondition(column: "kind", value: "os")] }
    #expect(rows.rowsRead == 4 && rows.rowsExcluded == 2 && rows.time == [1, 2])
    #expect(rows.sourceRows == [1, 3], "errors and reports name the rows of the file")
    let empty = try dataset("time,event,note\n1,1,\n2,1,x\n") {
      $0.conditions = [RowCondition(column: "note", value: "")]
    }
    #expect(empty.time == [1], "an empty cell is text like any other")
    #expect(fault(text) { $0.conditions = [RowCondition(column: "kind", value: "o")] }?.kind == .usage)
    #expect(
      fault(text) { $0.conditions = [RowCondition(column: "sort", value: "os")] }?.message.contains("sort") == true)
    let late = fault("time,event,kind\n1,1,a\n-1,1,b\n-2,1,a\n") {
      $0.conditions = [RowCondition(column: "kind", value: "a")]
    }
    #expect(late?.row == 3)
  }

  @Test("a factor is text whatever it holds; a stratum named twice counts once; an arm need not be looked for")
  func roles() throws {
    let text = "time,event,arm,grade,site\n1,1,a,1,x\n2,0,,2,y\n"
    let factors = try dataset(text) {
      $0.findsArm = false
      $0.factors = ["grade"]
      $0.strata = ["site", "site"]
    }
    #expect(factors.textCovariates["grade"] == ["1", "2"] && factors.numericCovariates.isEmpty)
    #expect(factors.rowsUsed == 2 && factors.arm == nil && factors.strata["site"] == ["x", "y"])
    #expect(try dataset(text).rowsUsed == 1, "the arm found by its name is missing in the second row")
  }
}
