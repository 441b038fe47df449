internal import Survival
internal import TrialData

/// The rows of `--predict`: subjects for whom a fitted model predicts curves.
struct NewSubjects {
  let file: String
  /// What the file says of each subject, by covariate, in the order of the model.
  let descriptions: [[(name: String, value: String)]]
  /// The value of every column of the design, per subject.
  let columns: [[Double]]
  /// The offset of each subject, where the model has one.
  let offsets: [Double]?
  /// The stratum of each subject; nil where the file has no columns of strata, so that every stratum is asked for.
  let strata: [Int]?
  /// Entry and exit of each subject, nil without a time; empty where the file has no columns of times.
  let follow: [(entry: Double, exit: Double)?]

  /// - Throws: `TrialDataError` naming row and column for a value that is missing, a level or stratum no row of the data has.
  ///
  /// - Parameters:
  ///   - names, strata: the columns of the strata that a subject has its curve in, and the strata.
  init(
    path: String, _ design: ModelDesign, _ loaded: LoadedData, strataNames names: [String], strata known: Grouping?
  ) throws {
    let table = try DataTable(try DataFile.read(path))
    do {
      try self.init(table, design, loaded, strataNames: names, strata: known)
    } catch let error as TrialDataError where loaded.showsValues {
      throw error.showingValue(of: table)
    }
  }

  private init(
    _ table: DataTable, _ design: ModelDesign, _ loaded: LoadedData, strataNames names: [String],
    strata known: Grouping?
  ) throws {
    file = table.file
    func cells(_ name: String) throws -> [String] {
      try table.text(name).enumerated().map { row, value in
        guard let value else {
          throw TrialDataError(
            .data, file: table.file, row: row + 1, column: name,
            "the value is missing; a prediction needs every covariate")
        }
        return value
      }
    }
    let rows = table.rowCount
    var described = [[(name: String, value: String)]](repeating: [], count: rows)
    for name in design.formula.covariates + [design.formula.offset].compactMap({ $0 }) {
      for (row, value) in try cells(name).enumerated() { described[row].append((name, value)) }
    }
    func numbers(_ name: String) throws -> [Double] {
      _ = try cells(name)
      return try table.numbers(name).map { $0 ?? .nan }
    }
    offsets = try design.formula.offset.map(numbers)
    let matrix = try design.matrix(rows: rows, numbers: numbers) { name, labels in
      try cells(name).enumerated().map { row, value in
        guard let code = labels.firstIndex(of: value) else {
          throw TrialDataError(
            .data, file: table.file, row: row + 1, column: name,
            "no row of the data has this level; the levels are \(DataOptions.listing(labels))")
        }
        return Int32(code)
      }
    }
    columns = (0..<rows).map { row in (0..<matrix.columnCount).map { matrix.values[$0 * rows + row] } }
    if let known, names.allSatisfy(table.hasColumn) {
      let parts = try names.map(cells)
      strata = try (0..<rows).map { row in
        let label = parts.map { $0[row] }.joined(separator: ", ")
        guard let stratum = known.labels.firstIndex(of: label) else {
          throw TrialDataError(
            .data, file: table.file, row: row + 1, column: names.joined(separator: ", "),
            "no row of the data has this stratum; the strata are \(DataOptions.listing(known.labels))")
        }
        for (name, part) in zip(names, parts) { described[row].append((name, part[row])) }
        return stratum
      }
    } else {
      strata = nil
    }
    descriptions = described
    follow = try NewSubjects.follow(table, loaded)
  }

  /// The columns of times as the data have them; a file that lacks one of them has no times.
  private static func follow(_ table: DataTable, _ loaded: LoadedData) throws -> [(entry: Double, exit: Double)?] {
    let column = loaded.dataset.timeColumn
    let start = loaded.selection.start
    guard table.hasColumn(column), start.map(table.hasColumn) ?? true else { return [] }
    let entries = try start.map { try table.numbers($0) }
    let conversion = loaded.dataset.measure?.conversion
    func converted(_ time: Double) -> Double { conversion.map { $0(time) } ?? time }
    return try table.numbers(column).enumerated().map { row, exit in
      guard let exit = exit.map(converted), let entry = entries.map({ $0[row].map(converted) }) ?? -.infinity else {
        return nil
      }
      guard exit >= 0, entry < exit else {
        throw TrialDataError(
          .data, file: table.file, row: row + 1, column: column,
          exit < 0 ? "the time is negative" : "the time is not after its start")
      }
      return (entry, exit)
    }
  }
}
