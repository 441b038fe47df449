internal import Survival

@testable internal import TrialData
@testable internal import survkit_cli

/// Up to the first line end a model's formula, behind it reference levels, one a line: to the design of a Cox model on twelve
/// rows with the columns a to d (numbers), f to h and "odd name" (text), s (text) and o (a number).
func fuzzModel(_ bytes: [UInt8]) {
  // Two other texts of the command line, --where and --time-unit.
  let text = String(decoding: bytes, as: UTF8.self)
  _ = RowCondition(text[...])
  _ = TimeUnitRequest(text)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard let formula = try? ModelFormula(lines[0]) else { return }
  expect(!formula.terms.isEmpty && formula.terms.allSatisfy { !$0.isEmpty }, "a model without a term")
  expect(formula.factors.isSubset(of: formula.covariates), "a factor that is no covariate")
  guard let references = try? referenceLevels(Array(lines.dropFirst().prefix(4))) else { return }
  var selection = ColumnSelection()
  selection.covariates = formula.covariates.filter { !formula.factors.contains($0) }
  selection.factors = formula.covariates.filter(formula.factors.contains)
  selection.strata = formula.strata
  selection.offset = formula.offset
  guard let dataset = try? TrialDataset(modelTable, selection), let data = try? dataset.timeToEvent() else { return }
  let arms = dataset.armColumn.flatMap(dataset.text)?.grouping()
  let loaded = LoadedData(
    source: ByteSource(name: "t.csv", bytes: []), dataset: dataset, data: data, arms: arms, strata: nil, cluster: nil,
    selection: selection, smallCells: nil, showsValues: false, memory: MemoryEstimate(modelTable, selection, .cox),
    isReferenceGiven: false)
  guard let design = try? ModelDesign(formula, loaded, references: references, convention: .r) else { return }
  expect(design.matrix.rows == dataset.count, "another number of rows")
  // A fit of many columns on twelve rows says nothing that a fit of few does not.
  guard design.matrix.columnCount <= 8 else { return }
  _ = try? CoxModel().fit(data, design.matrix)
}

private let modelTable: DataTable = {
  var text = "time,event,arm,a,b,c,d,f,g,h,odd name,s,o\n"
  for row in 0..<12 {
    let letters = ["p", "q", "r"]
    text += "\(row + 1),\(row % 3 == 0 ? 0 : 1),\(letters[row % 2]),\(row * row % 7),\(row % 2),\(row % 5)e-3,\(row).5,"
    text += "\(letters[row % 3]),\(letters[row / 6]),one,\(letters[row * 5 % 3]),\(letters[row % 2]),0.\(row)\n"
  }
  guard let table = try? DataTable(ByteSource(name: "t.csv", bytes: Array(text.utf8))) else { fatalError("no table") }
  return table
}()
