import Foundation
import Survival
import Testing
import TrialData

/// The files of scripts/make-format-fixtures: one invented trial, written by haven, pandas, ReadStat and Python.
enum FormatFiles {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Resources")

  static let names = [
    "trial.csv.gz", "members.csv.gz", "trial.tsv", "trial.json", "trial.ndjson", "trial-v5.xpt", "trial-v8.xpt",
    "trial.sas7bdat", "trial-rle.sas7bdat", "trial-8.dta", "trial-10.dta", "trial-12.dta", "trial-13.dta",
    "trial-14.dta", "trial-15.dta", "pandas-114.dta", "pandas-117.dta", "pandas-118.dta", "trial-none.sav",
    "trial-byte.sav", "trial-zsav.sav",
  ]

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func file(_ name: String, _ bytes: [UInt8]) throws -> DataFile {
    try DataFile(ByteSource(name: name, bytes: bytes))
  }
}

/// What an error says, or "read" where there is none.
private func trouble(_ name: String, _ bytes: [UInt8]) -> String {
  do {
    _ = try DataTable(try FormatFiles.file(name, bytes))
    return "read"
  } catch { return "\(error)" }
}

@Suite struct FileFormatTests {
  /// Every cell of every format is that of the CSV file: numbers to the bit, dates and times as ISO 8601, text in UTF-8.
  @Test(arguments: FormatFiles.names) func cellsAreThoseOfTheCSVFile(_ name: String) throws {
    let wanted = try DataTable(try DataFile.read(FormatFiles.path("trial.csv")))
    let found = try DataTable(try DataFile.read(FormatFiles.path(name)))
    #expect(found.rowCount == 64)
    #expect(found.columnNames.count >= 7)
    for column in found.columnNames {
      let original = column == "BURDEN" ? "BASELINE_TUMOUR_BURDEN_MM" : column
      if ["SUBJID", "SITE", "NOTE", "CITY", "TRTSDT", "ADTM"].contains(column) {
        #expect(try found.text(column) == wanted.text(original), "\(column)")
      } else {
        #expect(try found.numbers(column) == wanted.numbers(original), "\(column)")
      }
    }
  }

  @Test func theFormatIsToldByContent() throws {
    let formats: [String: (DataFormat, String)] = [
      "trial-v5.xpt": (.xportV5, "SAS transport v5"), "trial-v8.xpt": (.xportV8, "SAS transport v8"),
      "trial.sas7bdat": (.sas7bdat, "SAS7BDAT"), "trial-8.dta": (.dta, "Stata 113"),
      "trial-13.dta": (.dta, "Stata 117"), "trial-byte.sav": (.sav, "SPSS"),
      "trial-zsav.sav": (.zsav, "SPSS, compressed"), "trial.json": (.datasetJSON, "Dataset-JSON 1.1.0"),
      "trial.ndjson": (.datasetNDJSON, "Dataset-NDJSON 1.1.0"), "trial.tsv": (.tsv, "tab-separated text"),
      "trial.csv.gz": (.csv, "CSV, gzip"), "trial.csv": (.csv, "CSV"),
    ]
    for (name, (format, title)) in formats {
      let description = try DataFile.read(FormatFiles.path(name)).description
      #expect(description.format == format)
      #expect(description.title == title)
      #expect(description.notes.isEmpty)
      // The same under a name that says something else.
      let renamed = try FormatFiles.file("x.xlsx.csv", try FormatFiles.bytes(name)).description
      #expect(renamed.format == format)
      #expect(renamed.notes.map(\.code) == (format == .csv ? [] : ["content-differs-from-name"]))
    }
    #expect(
      try FormatFiles.file("trial.gz", try FormatFiles.bytes("trial.csv")).description.notes.map(\.message)
        == ["the content of trial.gz is not what its name says: it was read as CSV"])
  }

  /// The checksum of an analysis is that of the file, not of what it was rewritten to.
  @Test func theOriginalStays() throws {
    for name in ["trial-14.dta", "trial.csv.gz", "trial.json"] {
      let file = try DataFile.read(FormatFiles.path(name))
      #expect(try file.original.bytes == FormatFiles.bytes(name))
      #expect(file.table.name == name)
    }
  }

  @Test func specialMissingValuesAreCountedByCode() throws {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { ".\($0)" }
    for name in ["trial-v5.xpt", "trial-v8.xpt", "trial.sas7bdat"] {
      let special = try DataFile.read(FormatFiles.path(name)).description.specialMissing
      #expect(Set(special.map(\.code)) == Set(letters + ["._"]))
      #expect(special.allSatisfy { $0.count == 1 && $0.column == "AGE" })
    }
    let stata = try DataFile.read(FormatFiles.path("trial-8.dta")).description.specialMissing
    #expect(stata.map(\.code) == letters.map { $0.lowercased() })
    // 20 and 7 rows hold the values that the file declares missing.
    let spss = try DataFile.read(FormatFiles.path("trial-zsav.sav")).description.specialMissing
    #expect(spss.map(\.code) == ["998", "999"])
    #expect(spss.map(\.count) == [20, 7])
  }

  @Test func labelsComeThrough() throws {
    for name in ["trial-8.dta", "trial-15.dta", "trial-none.sav"] {
      let description = try DataFile.read(FormatFiles.path(name)).description
      #expect(description.columns.first { $0.name == "AVAL" }?.label == "Analysis value (weeks)")
      #expect(description.valueLabel("2", in: "TRTA") == "Verum é")
      #expect(description.code(for: "Placebo", in: "TRTA") == "1")
      #expect(description.code(for: "2", in: "TRTA") == "2")
      #expect(description.code(for: "Other", in: "TRTA") == "Other")
      #expect(description.code(for: "Placebo", in: "AVAL") == "Placebo")
    }
    let json = try DataFile.read(FormatFiles.path("trial.ndjson")).description
    #expect(json.columns.first { $0.name == "AVAL" }?.label == "Column AVAL")
  }

  /// ReadStat hands out the names of sets of value labels as they stand in a Stata file, without a zero behind a name that fills
  /// its 33 bytes: what follows is the next column's, and behind the last one other memory. Found by the fuzz target `readstat`.
  @Test func aNameThatFillsItsFieldEndsThere() throws {
    var bytes = try FormatFiles.bytes("trial-8.dta")
    let name = Array("TRTA".utf8) + [UInt8](repeating: 0, count: 29)
    let places = bytes.indices.filter { bytes[$0...].starts(with: name) }
    // In the list of names of sets, and at the set itself; the first of the three is the column's own name.
    #expect(places.count == 3)
    for place in places.dropFirst() {
      bytes.replaceSubrange(place..<(place + 33), with: [UInt8](repeating: 0x41, count: 33))
    }
    // The next column's field.
    bytes[places[1] + 33] = 0x42
    let description = try FormatFiles.file("trial-8.dta", bytes).description
    #expect(description.valueLabel("2", in: "TRTA") == "Verum é")
    // The last column's field.
    bytes.replaceSubrange((places[1] + 33 * 8)..<(places[1] + 33 * 9), with: [UInt8](repeating: 0x43, count: 33))
    #expect(try DataTable(FormatFiles.file("trial-8.dta", bytes)).rowCount == 64)
  }

  /// The code of a missing value of Stata is a letter; a damaged one was written to the stream as a byte that is no text, and the
  /// reader was said to have gone astray. Found by the fuzz target `readstat`.
  @Test func aMissingValueWithoutALetterIsDamage() throws {
    var bytes = try FormatFiles.bytes("trial-8.dta")
    // .a as a double, little-endian.
    let missing: [UInt8] = [0, 0, 0, 0, 0, 1, 0xE0, 0x7F]
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: missing) })
    bytes[place + 5] = 0x60
    #expect(trouble("t.dta", bytes).hasSuffix("a missing value has a code that is no letter"))
  }

  /// A label that two codes have names neither.
  @Test func ambiguousLabelsAreNotResolved() {
    var column = FileDescription.Column(name: "x")
    column.valueLabels = [
      .init(code: "1", label: "A"), .init(code: "2", label: "A"), .init(code: "3", label: "1"),
    ]
    var description = FileDescription(.dta)
    description.columns = [column]
    #expect(description.code(for: "A", in: "x") == "A")
    #expect(description.valueLabel("2", in: "x") == "A (2)")
    #expect(description.valueLabel("3", in: "x") == "1")
    // A code comes before a label of the same text.
    #expect(description.code(for: "1", in: "x") == "1")
  }

  @Test func conditionsAndEventCodesKnowValueLabels() throws {
    let table = try DataTable(try DataFile.read(FormatFiles.path("trial-14.dta")))
    var selection = ColumnSelection()
    selection.time = "AVAL"
    selection.conditions = [RowCondition(column: "TRTA", value: "Placebo")]
    let byLabel = try TrialDataset(table, selection)
    selection.conditions = [RowCondition(column: "TRTA", value: "1")]
    #expect(byLabel.time == (try TrialDataset(table, selection).time))
    #expect(byLabel.time.count == 31)
    selection.event = "TRTA"
    selection.conditions = []
    #expect(throws: TrialDataError.self) { try TrialDataset(table, selection) }
    do { _ = try TrialDataset(table, selection) } catch {
      #expect("\(error)".contains("1 = Placebo (31), 2 = Verum é (31)"))
    }
  }

  /// Windows-1252, as SAS on Windows writes it, in a transport file, which cannot say so.
  @Test func transportFilesThatAreNotUTF8() throws {
    var bytes = try FormatFiles.bytes("trial-v5.xpt")
    func replace(_ text: String, _ other: [UInt8]) -> Int {
      let old = Array(text.utf8)
      let places = bytes.indices.dropLast(old.count).filter { bytes[$0..<($0 + old.count)].elementsEqual(old) }
      for place in places {
        bytes.replaceSubrange(
          place..<(place + old.count), with: other + [UInt8](repeating: 0x20, count: old.count - other.count))
      }
      return places.count
    }
    #expect(replace("Zürich", [0x5A, 0xFC, 0x72, 0x69, 0x63, 0x68]) == 16)
    // Bytes of the cities have no meaning in Windows-1252.
    do { _ = try FormatFiles.file("w.xpt", bytes) } catch {
      #expect("\(error)".contains("neither UTF-8 nor Windows-1252"))
    }
    for city in ["Łódź", "東京", "Αθήνα"] { #expect(replace(city, []) == 16) }
    let file = try FormatFiles.file("w.xpt", bytes)
    #expect(file.description.encoding == "WINDOWS-1252")
    #expect(file.description.notes.map(\.code) == ["encoding-assumed"])
    #expect(try DataTable(file).text("SITE")[0] == "Zürich")
  }
}

@Suite struct FormatErrorTests {
  @Test func kindsThatAreNotReadAreNamed() {
    let refused: [(String, [UInt8])] = [
      ("Excel", Array("PK\u{3}\u{4}abc".utf8)), ("PDF", Array("%PDF-1.7".utf8)), ("Parquet", Array("PAR1".utf8)),
      ("Arrow", Array("ARROW1".utf8)), ("R data", Array("RDX3\nX".utf8)), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
      ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("bzip2", Array("BZh9".utf8)), ("XML", Array("<?xml version".utf8)),
      ("CPORT", Array("**COMPRESSED** **COMPRESSED** ".utf8)), ("SQLite", Array("SQLite format 3\0".utf8)),
    ]
    for (what, bytes) in refused { #expect(trouble("t.csv", bytes).contains(what), "\(what)") }
  }

  @Test func damagedGzip() throws {
    let whole = try FormatFiles.bytes("trial.csv.gz")
    #expect(trouble("t.csv.gz", Array(whole.dropLast(9))).contains("cut off"))
    #expect(trouble("t.csv.gz", whole + Array("more".utf8)).contains("4 bytes behind the end"))
    #expect(trouble("t.csv.gz", whole + [0, 0, 0]) == "read")
    var checksum = whole
    checksum[whole.count - 8] ^= 1
    #expect(trouble("t.csv.gz", checksum).contains("incorrect data check"))
    var length = whole
    length[whole.count - 4] ^= 1
    #expect(trouble("t.csv.gz", length).contains("incorrect length check"))
  }

  /// A file that unpacks to more than a thousand times its size, and one that unpacks to more than the limit.
  @Test func gzipBombs() throws {
    // A deflate stream with the fixed Huffman codes of RFC 1951, 3.2.6: the literal 0, then (length 258, distance 1) many
    // times: code 285 is 11000101, distance code 0 is 00000, together 13 bits for 258 bytes; 1 : 1032 needs other codes, so the
    // ratio of zeros by these is 1 : 158, below the limit of 1000, and the limit of bytes stops it.
    var bits: [UInt8] = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    for _ in 0..<20_000 { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      bytes.append(bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { $0 | $1.element << $1.offset })
    }
    let source = ByteSource(name: "zeros.csv.gz", bytes: bytes)
    do {
      _ = try DataFile(source, limit: 1 << 20)
      Issue.record("read")
    } catch { #expect("\(error)".contains("unpacks to more than the limit of 1048576 bytes")) }
  }

  @Test func cutTransportFiles() throws {
    let whole = try FormatFiles.bytes("trial-v5.xpt")
    #expect(trouble("t.xpt", Array(whole.dropLast(7))).contains("whole number of records"))
    #expect(trouble("t.xpt", Array(whole.dropLast(240))).contains("ends within a row"))
    // Two data sets: the second header begins at a whole record.
    let member = try #require(
      stride(from: 0, to: whole.count, by: 80).first {
        whole[$0..<($0 + 27)].elementsEqual("HEADER RECORD*******MEMBER ".utf8)
      })
    #expect(
      trouble("t.xpt", whole + whole[member...]).contains("holds 2 data sets (ADTTE, ADTTE)"))
  }

  private func json(_ change: (inout [String: Any]) -> Void, rows: String = "[[1.50,1],[2,0]]") throws -> [UInt8] {
    var head: [String: Any] = [
      "datasetJSONVersion": "1.1.0",
      "columns": [
        ["itemOID": "a", "name": "time", "label": "t", "dataType": "double"],
        ["itemOID": "b", "name": "event", "label": "e", "dataType": "integer"],
      ],
    ]
    change(&head)
    let text = String(decoding: try JSONSerialization.data(withJSONObject: head), as: UTF8.self)
    // Rows before everything else: the order of members says nothing.
    return Array(("{\"rows\": \(rows), " + text.dropFirst()).utf8)
  }

  @Test func datasetJSONFaultsNameTheRow() throws {
    #expect(try trouble("t.json", json { _ in }) == "read")
    #expect(
      try DataFile(ByteSource(name: "t.json", bytes: json { _ in })).table.bytes
        == Array("time,event\n1.50,1\n2,0\n".utf8))
    #expect(try trouble("t.json", json({ _ in }, rows: "[[1,1],[2]]")) == "t.json: row 2: has 1 values for 2 columns")
    #expect(
      try trouble("t.json", json({ _ in }, rows: "[[1,1],[2,0,5]]")) == "t.json: row 2: has 3 values for 2 columns")
    #expect(
      try trouble("t.json", json({ _ in }, rows: "[[\"1\",1]]"))
        == "t.json: row 1, column \"time\": is a string in a column of numbers")
    #expect(try trouble("t.json", json({ _ in }, rows: "[[01,1]]")).contains("is no JSON at byte"))
    #expect(try trouble("t.json", json({ _ in }, rows: "[[1,[1]]]")).contains("row 1, column \"event\": is an array"))
    #expect(try trouble("t.json", json { $0["records"] = 3 }).contains("has 2 rows and says \"records\": 3"))
    #expect(try trouble("t.json", json { $0["datasetJSONVersion"] = "1.0.0" }).contains("other than 1.1"))
    #expect(try trouble("t.json", json { $0["columns"] = nil }).contains("has no \"columns\""))
    #expect(
      try trouble("t.json", json { $0["columns"] = [["name": "x", "dataType": "number"]] }).contains(
        "column \"x\": has no \"dataType\""))
    #expect(trouble("t.json", Array("{\"a\": 1}".utf8)).contains("is JSON and no Dataset-JSON"))
    let deep = "{\"a\": " + String(repeating: "[", count: 100_000)
    #expect(trouble("t.json", Array(deep.utf8)).contains("too deep"))
    #expect(try trouble("t.json", json { _ in }.dropLast()).contains("is cut off"))
  }

  @Test func datasetJSONText() throws {
    let head = "{\"datasetJSONVersion\":\"1.1.2\",\"columns\":[{\"name\":\"s\",\"dataType\":\"string\"}]}\n"
    let bytes = Array((head + "[\"a\\u00e9\\ud83d\\ude00,\\\"q\\\"\"]\n[null]\n\n[\"\"]\n").utf8)
    let table = try DataTable(try FormatFiles.file("t.ndjson", bytes))
    #expect(table.rowCount == 3)
    #expect(try table.text("s") == ["aé😀,\"q\"", nil, nil])
    for bad in ["[\"\\ud83d\"]", "[\"\\u0000\"]", "[\"\\x\"]", "[\"a]", "[tru]", "{}", "[1]", "[true]"] {
      #expect(trouble("t.ndjson", Array((head + bad).utf8)) != "read", "\(bad)")
    }
  }

  @Test func tabSeparatedText() throws {
    let text = "time\tevent\tnote\n1\t1\ta, b\n2\t0\tsay \"x\"\n3\t1\t\"tab\there, \"\"q\"\"\"\n4\t0\t\n"
    let table = try DataTable(try FormatFiles.file("t.csv", Array(text.utf8)))
    #expect(try table.text("note") == ["a, b", "say \"x\"", "tab\there, \"q\"", nil])
    #expect(trouble("t.tsv", Array("a\tb\n1\t2\n3\n".utf8)).contains("row 2"))
  }

  /// The end of a file is noticed in every format, whatever is missing.
  @Test(arguments: FormatFiles.names.filter { !$0.hasSuffix(".tsv") })
  func cutFilesAreErrors(_ name: String) throws {
    let whole = try FormatFiles.bytes(name)
    let table = try FormatFiles.file(name, whole).table.bytes
    for share in [0.1, 0.3, 0.5, 0.7, 0.9, 0.97] {
      let cut = Array(whole[..<Int(Double(whole.count) * share)])
      // What is cut may be what stands behind the rows: labels of Stata and SPSS files, padding of SAS pages.
      if let file = try? FormatFiles.file(name, cut) { #expect(file.table.bytes == table, "\(share)") }
    }
  }
}
