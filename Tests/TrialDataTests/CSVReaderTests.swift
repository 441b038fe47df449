internal import Survival
import Testing

@testable import TrialData

/// The reader against libcsv: the same table or the same error.
@Suite struct CSVReaderTests {
  /// Compares the two on one text, cut into pieces of several sizes.
  private func compare(_ bytes: [UInt8], pieceSizes: [Int], _ note: String) {
    let expected = CSVOracle.read(bytes)
    for size in pieceSizes {
      let own = CSVOracle.own(bytes, pieceSize: size)
      #expect(own == expected, "\(note), pieces of \(size): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  @Test("hostile bytes: quotes, line ends, blanks and separators in any order")
  func hostileBytes() {
    let alphabets: [[UInt8]] = [
      Array(",,,\n\n\r\" \t1aé".utf8), Array(",\n\"\"\"".utf8), Array(",\n\r \t1.5NA-".utf8), Array("a,1\n".utf8),
      Array(",\n1\u{0}\u{FEFF}".utf8) + [0xFF],
    ]
    var random = SplitMix64(seed: 20)
    for trial in 0..<12_000 {
      let alphabet = alphabets[trial % alphabets.count]
      let length = Int(random.next() % 48)
      let start = trial % 3 == 0 ? [] : Array("a,b\n".utf8)
      let bytes = start + (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      compare(bytes, pieceSizes: [1, 1 + Int(random.next() % 16), 1 << 20], "trial \(trial)")
    }
  }

  @Test("tables with cells of every kind, between line ends of every kind")
  func tables() {
    let cells = [
      "1", "", "NA", ".", "-2.50", " 7 ", "\t8", "a b", "\"\"", "\"x,y\"", "\"q\"\"q\"", "\"two\nlines\"", " \" z \" ",
      "é", "\"\r\n\"", "12345678901234567890", "longer than eight bytes",
    ]
    let ends = ["\n", "\r\n", "\r", "\n\n", "\n \t\n", "\r\r\n"]
    var random = SplitMix64(seed: 21)
    func pick<Element>(_ from: [Element]) -> Element { from[Int(random.next() % UInt64(from.count))] }
    for trial in 0..<3_000 {
      let columns = 1 + Int(random.next() % 5)
      // Some files without any quote, some with one line end, some with rows that lack a cell.
      let usable = trial % 2 == 0 ? cells.filter { !$0.contains("\"") } : cells
      let end = pick(ends)
      var text = trial % 7 == 0 ? "\u{FEFF}" : ""
      text += (0..<columns).map { "c\($0)" }.joined(separator: ",") + end
      for _ in 0..<Int(random.next() % 30) {
        let count = trial % 5 == 0 && random.next() % 20 == 0 ? columns - 1 : columns
        text += (0..<count).map { _ in pick(usable) }.joined(separator: ",")
        text += trial % 3 == 0 ? pick(ends) : end
      }
      if trial % 4 == 0, text.hasSuffix("\n") { text.removeLast() }
      compare(Array(text.utf8), pieceSizes: [1 + Int(random.next() % 64), 1 << 20], "trial \(trial)")
    }
  }

  @Test("a field at its limit is read, one byte more is refused; blanks around it do not count")
  func fieldLimit() {
    let limit = ReadLimits.standard.field
    for (length, quote, around) in [
      (limit, "", ""), (limit + 1, "", ""), (limit, "\"", ""), (limit + 1, "\"", ""), (limit, "", "   "),
      (limit, "\"", " "),
    ] {
      let field = around + quote + String(repeating: "7", count: length) + quote + around
      compare(Array("a,b\n1,\(field)\n2,3\n".utf8), pieceSizes: [1 << 16, 1 << 20], "\(length) \(quote)\(around)")
      compare(Array("\(field),b\n2,3\n".utf8), pieceSizes: [1 << 20], "header \(length) \(quote)\(around)")
    }
    // A column that is read as a number, and one that nobody reads.
    for (a, b) in [("7", "1"), ("1", "7")] {
      let row = [a, b].map { $0 == "7" ? String(repeating: "7", count: limit + 1) : $0 }.joined(separator: ",")
      #expect {
        let table = try DataTable(unchecked: ByteSource(name: "t.csv", bytes: Array("a,b\n1,2\n\(row)\n".utf8)))
        _ = try table.read(ColumnRequest(numbers: [0]))
      } throws: { error in
        (error as? TrialDataError)?.row == 2
      }
    }
  }

  @Test("as many columns as there may be, and one more")
  func columnLimit() {
    for count in [ReadLimits.standard.columns, ReadLimits.standard.columns + 1] {
      let names = (0..<count).map { "c\($0)" }.joined(separator: ",")
      let row = [String](repeating: "1", count: count).joined(separator: ",")
      compare(Array("\(names)\n\(row)\n\(row)\n".utf8), pieceSizes: [1 << 20], "\(count)")
      compare(Array("\(names)\n\(row)\n\"\n".utf8), pieceSizes: [1 << 20], "\(count), open quote")
    }
  }

  @Test("rows that are no table are told before what the call names wrongly")
  func precedence() {
    let text = "time,event\n1,1\n2\n"
    for change in [
      { (selection: inout ColumnSelection) in selection.arm = "nowhere" },
      { $0.conditions = [RowCondition(column: "nowhere", value: "")] }, { $0.time = "nowhere" },
    ] {
      #expect {
        let table = try DataTable(unchecked: ByteSource(name: "t.csv", bytes: Array(text.utf8)))
        var selection = ColumnSelection()
        change(&selection)
        _ = try TrialDataset(table, selection)
      } throws: { error in
        (error as? TrialDataError)?.message == "has 1 fields where the header has 2"
      }
    }
  }

  @Test("any number of threads reads the same columns")
  func threads() throws {
    var random = SplitMix64(seed: 22)
    var text = "x,g\n"
    for _ in 0..<5_000 {
      text += "\(Double(random.next() % 100_000) / 100),\(["b", "a", "longer label", "NA"][Int(random.next() % 4)])\n"
    }
    let source = ByteSource(name: "t.csv", bytes: Array(text.utf8))
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    var first: ColumnsRead?
    for threads in [1, 2, 4, 8] {
      Parallelism.threads = threads
      let read = try DataTable(unchecked: source, pieceSize: 1_000).read(ColumnRequest(numbers: [0], cells: [1]))
      let expected = first ?? read
      first = expected
      #expect(read.numbers[0]?.values == expected.numbers[0]?.values)
      #expect(read.cells[1]?.cells == expected.cells[1]?.cells && read.cells[1]?.codes == expected.cells[1]?.codes)
    }
  }

  @Test("more distinct cells than rows in a piece, of all lengths, keep their numbers")
  func manyCells() throws {
    var text = "id,g\n"
    let ids = (0..<20_000).map { row in "\(row % 7_000)" + String(repeating: "x", count: row % 7_000 % 13) }
    for id in ids { text += "\(id),1\n" }
    let table = try DataTable(unchecked: ByteSource(name: "t.csv", bytes: Array(text.utf8)), pieceSize: 5_000)
    let column = try #require(try table.read(ColumnRequest(cells: [0])).cells[0])
    #expect(column.cells.count == 7_000)
    #expect(ids.indices.allSatisfy { column.cells[Int(column.codes[$0])] == ids[$0] })
    #expect(column.cells == Array(ids[..<7_000]))
  }
}
