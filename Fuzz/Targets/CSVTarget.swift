internal import Survival

@testable internal import TrialData

/// CSV text to a table, in pieces of several sizes and by libcsv, which must agree; and to the rows of an analysis.
func fuzzCSV(_ bytes: [UInt8]) {
  let whole = CSVOracle.own(bytes, pieceSize: RowPieces.pieceSize)
  for pieceSize in [1, 7, 64] {
    expect(same(CSVOracle.own(bytes, pieceSize: pieceSize), whole), "pieces of \(pieceSize) bytes are read differently")
  }
  let other = CSVOracle.read(bytes)
  if case .success(let table) = whole, case .success(let oracle) = other {
    expect(table == oracle, "libcsv reads another table")
  }
  expect((try? whole.get()) == nil || (try? other.get()) != nil, "libcsv refuses what was read")
  analyse(ByteSource(name: "t.csv", bytes: bytes))
}

private func same(_ a: Result<CSVOracle.Table, TrialDataError>, _ b: Result<CSVOracle.Table, TrialDataError>) -> Bool {
  switch (a, b) {
  case (.success(let a), .success(let b)): a == b
  case (.failure(let a), .failure(let b)): a.description == b.description
  default: false
  }
}

/// The rows of a file, by the roles that its columns have by name, to curves.
func analyse(_ source: ByteSource) {
  guard let table = try? DataTable(source) else { return }
  analyse(table)
}

func analyse(_ table: DataTable) {
  guard let dataset = try? TrialDataset(table, ColumnSelection()), let data = try? dataset.timeToEvent() else { return }
  expect(dataset.count == dataset.rowsUsed && data.count == dataset.count, "rows are lost")
  let arms = dataset.armColumn.flatMap(dataset.text)?.grouping()
  _ = try? KaplanMeier.curves(data, by: arms, confidence: ConfidenceSetting())
}
