import Testing
import TrialData

/// Names of event columns times codes: each pair is read as its words say, or stops; none is read the other way round.
@Suite struct CodingMatrixTests {
  /// What a yes in a column of this name means.
  enum Meaning: Sendable {
    case event
    /// ADaM's CNSR, which has a coding of its own.
    case cnsr
    case censoring
  }

  struct Name: Sendable, CustomTestStringConvertible {
    let name: String
    let meaning: Meaning
    var testDescription: String { name }
  }

  /// Cells of a column, and for each that is no blank whether it says yes; nil where its words do not say.
  struct Codes: Sendable, CustomTestStringConvertible {
    let cells: [String]
    let yes: [Bool]?
    /// The meanings of a name under which the codes are read without a question.
    let read: [Meaning]
    var testDescription: String { cells.joined(separator: "/") }
  }

  static let names =
    ["CNSR", "cnsr"].map { Name(name: $0, meaning: .cnsr) }
    + ["CENS", "CENSOR", "CENSORED", "censored", "CNSR1", "cens_fl", "alive", "eventfree"].map {
      Name(name: $0, meaning: .censoring)
    }
    + ["status", "event", "EVENT", "dead", "death", "EVNT", "DTHFL"].map { Name(name: $0, meaning: .event) }

  static let codes: [Codes] = [
    Codes(cells: ["0", "1"], yes: [false, true], read: [.event, .cnsr]),
    Codes(cells: ["1", "0"], yes: [true, false], read: [.event, .cnsr]),
    Codes(cells: ["0.0", "1.0"], yes: [false, true], read: [.event, .cnsr]),
    // R's lung has 1 censored and 2 dead; CNSR has two reasons of censoring.
    Codes(cells: ["1", "2"], yes: [true, true], read: [.cnsr]),
    Codes(cells: ["0", "1", "2", "3"], yes: [false, true, true, true], read: [.cnsr]),
    Codes(cells: ["0", "-1"], yes: nil, read: []),
    Codes(cells: ["Y", "N"], yes: [true, false], read: []),
    Codes(cells: ["yes", "no"], yes: [true, false], read: []),
    Codes(cells: ["T", "F"], yes: [true, false], read: []),
    Codes(cells: ["true", "false"], yes: [true, false], read: [.event]),
    Codes(cells: ["TRUE", "FALSE"], yes: [true, false], read: [.event]),
    Codes(cells: ["Death", "Censored"], yes: nil, read: []),
    Codes(cells: ["0", "0"], yes: [false, false], read: [.event, .cnsr]),
    Codes(cells: ["1", "1"], yes: [true, true], read: [.event, .cnsr]),
    Codes(cells: ["0", "1", ""], yes: [false, true], read: [.event, .cnsr]),
    Codes(cells: ["0", "1", "NA", "."], yes: [false, true], read: [.event, .cnsr]),
    // A flag that is Y or blank: the blank may mean no.
    Codes(cells: ["Y", "Y", ""], yes: [true, true], read: []),
    Codes(cells: ["1", "1", ""], yes: [true, true], read: []),
    Codes(cells: ["0", "0", ""], yes: [false, false], read: []),
    Codes(cells: ["true", ""], yes: [true], read: []),
    Codes(cells: ["1", "NA"], yes: [true], read: [.event, .cnsr]),
  ]

  private static func isBlank(_ cell: String) -> Bool { ["", "NA", "."].contains(cell) }

  private static func read(_ name: String, _ cells: [String], eventValues: [String] = []) throws -> TrialDataset {
    let text = "time,\(name)\n" + cells.enumerated().map { "\($0 + 1),\($1)\n" }.joined()
    var selection = ColumnSelection()
    selection.event = name
    selection.eventValues = eventValues
    return try TrialDataset(try DataTable(ByteSource(name: "t.csv", bytes: Array(text.utf8))), selection)
  }

  @Test("a pair is read as its words say or stops with its codes and the option to give", arguments: names, codes)
  func matrix(name: Name, codes: Codes) throws {
    guard codes.read.contains(where: { $0 == name.meaning }) else {
      let error = try #require(throws: TrialDataError.self) { try Self.read(name.name, codes.cells) }
      #expect(error.kind == .data && error.column == name.name)
      #expect(
        error.message.contains("--event-values") || error.message.contains("--where \"\(name.name)!=\""),
        "\(error.message)")
      return
    }
    let yes = try #require(codes.yes)
    let rows = try Self.read(name.name, codes.cells)
    #expect(rows.isEvent == (name.meaning == .event ? yes : yes.map { !$0 }))
    #expect(rows.remarks.isEmpty)
  }

  @Test("codes that the caller names are read as named; against the words of name or code that is remarked")
  func namedCodes() throws {
    func doubt(_ name: String, _ cells: [String], _ values: [String]) throws -> String? {
      let rows = try Self.read(name, cells, eventValues: values)
      let present = cells.filter { !Self.isBlank($0) }
      #expect(rows.isEvent == present.map { values.contains($0) })
      #expect(rows.remarks.allSatisfy { $0.code == "event-codes-doubtful" } && rows.remarks.count <= 1)
      return rows.remarks.first?.message
    }
    for cells in [["0", "1"], ["N", "Y"], ["no", "yes"], ["F", "T"], ["FALSE", "TRUE"]] {
      for name in ["CNSR", "cnsr", "CENS", "CENSORED", "alive"] {
        #expect(try doubt(name, cells, [cells[0]]) == nil, "\(name): no censoring is an event")
        #expect(try doubt(name, cells, [cells[1]]) != nil, "\(name): a censoring named as an event")
      }
      for name in ["event", "status", "DTHFL"] {
        #expect(try doubt(name, cells, [cells[1]]) == nil, "\(name)")
        #expect(try doubt(name, cells, [cells[0]]) != nil, "\(name)")
      }
    }
    #expect(try doubt("CNSR", ["0", "1", "2"], ["0", "2"])?.contains("in ADaM CNSR = 0 is the event") == true)
    #expect(try doubt("status", ["Censored", "Death"], ["Death"]) == nil)
    #expect(try doubt("status", ["Censored", "Death"], ["Censored"])?.contains("the code itself") == true)
    #expect(try doubt("status", ["1", "2"], ["2"]) == nil && doubt("status", ["1", "2"], ["1"]) == nil)
  }

  @Test("rows of 1 alone are asked about where the rest of the file has codes above 1")
  func partOfACoding() throws {
    let text = "time,status,sex\n1,1,f\n2,1,f\n3,2,m\n"
    var selection = ColumnSelection()
    selection.conditions = [RowCondition(column: "sex", value: "f")]
    let table = try DataTable(ByteSource(name: "t.csv", bytes: Array(text.utf8)))
    let error = #expect(throws: TrialDataError.self) { try TrialDataset(table, selection) }
    #expect(error?.message.contains("other rows of the file have codes above 1") == true)
    selection.eventValues = ["1"]
    #expect(try TrialDataset(table, selection).isEvent == [true, true])
  }

  @Test("blank cells beside one code: written out, or left out as unknown, they are no obstacle")
  func blanks() throws {
    var selection = ColumnSelection()
    selection.event = "DTHFL"
    selection.eventValues = ["Y"]
    let table = try DataTable(ByteSource(name: "t.csv", bytes: Array("time,DTHFL\n1,Y\n2,\n3,Y\n".utf8)))
    let error = #expect(throws: TrialDataError.self) { try TrialDataset(table, selection) }
    #expect(error?.message.contains("1 row has an empty cell") == true)
    selection.conditions = [RowCondition(column: "DTHFL", .notEqual, value: "")]
    #expect(try TrialDataset(table, selection).time == [1, 3])
    #expect(try Self.read("DTHFL", ["Y", "N", "Y"], eventValues: ["Y"]).isEvent == [true, false, true])
    // Without a time the row is lost anyway.
    selection.conditions = []
    let lost = try DataTable(ByteSource(name: "t.csv", bytes: Array("time,DTHFL\n1,Y\n,\n".utf8)))
    #expect(try TrialDataset(lost, selection).rowsUsed == 1)
  }
}
