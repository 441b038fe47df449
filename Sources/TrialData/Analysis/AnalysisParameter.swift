/// The parameters of an ADaM data set: rows that differ in PARAMCD are different endpoints.
enum AnalysisParameter {
  /// The condition that `--select` is short for.
  ///
  /// - Throws: `TrialDataError` without a column PARAMCD, and for a code that does not occur.
  static func condition(_ code: String, _ table: DataTable) throws(TrialDataError) -> RowCondition {
    guard let column = table.column(named: "paramcd") else {
      throw TrialDataError(
        .usage, file: table.file,
        "has no column PARAMCD to select \(code) from; --where COLUMN=VALUE takes any column. The columns are "
          + table.columnNames.joined(separator: ", "))
    }
    let parameters = try Parameters(table, column, selected: nil)
    guard parameters.codes.contains(where: { $0.utf8.elementsEqual(code.utf8) }) else {
      throw TrialDataError(
        .usage, file: table.file, column: column,
        "no row is of the parameter \(code); there are: \(parameters.listing)")
    }
    return RowCondition(column: column, value: code)
  }

  /// Refuses rows of several parameters, unless the parameter plays a part of its own.
  ///
  /// - Parameter parts: the columns that play one: arm, strata, covariates.
  static func requireOne(
    _ table: DataTable, parts: [String], selected: [Bool]?
  ) throws(TrialDataError) {
    guard let column = table.column(named: "paramcd") ?? table.column(named: "param"), !parts.contains(column) else {
      return
    }
    let parameters = try Parameters(table, column, selected: selected)
    guard parameters.codes.count > 1 else { return }
    let example = parameters.codes[0]
    let choice = column.lowercased() == "paramcd" ? "--select \(example)" : "--where \"\(column)=\(example)\""
    throw TrialDataError(
      .data, file: table.file, column: column,
      "the rows are of \(parameters.codes.count) parameters, and each is an endpoint of its own: \(parameters.listing). "
        + "Choose one: \(choice)")
  }

  /// The parameters of the rows selected, in the order of their first row.
  private struct Parameters {
    private(set) var codes: [String] = []
    private var names: [String: String] = [:]
    private var counts: [String: Int] = [:]

    init(_ table: DataTable, _ column: String, selected: [Bool]?) throws(TrialDataError) {
      let position = try table.position(of: column)
      let name = column.lowercased() == "paramcd" ? table.columnNames.firstIndex { $0.lowercased() == "param" } : nil
      let read = try table.read(ColumnRequest(cells: [position] + [name].compactMap { $0 })).cells
      guard let cells = read[position] else { return }
      let texts = name.flatMap { read[$0] }
      let rows = selected.map { selected in selected.indices.filter { selected[$0] } }
      let all = CodedColumn(labels: cells.cells, codes: cells.codes)
      for found in (rows.map(all.subset) ?? all).occurrences {
        let label = cells.cells[found.code].isEmpty ? "(empty)" : cells.cells[found.code]
        codes.append(label)
        counts[label] = found.rows
        if let texts { names[label] = texts.cells[Int(texts.codes[rows?[found.first] ?? found.first])] }
      }
    }

    /// "OS (Overall survival), 60 rows; PFS (Progression-free survival), 60 rows".
    var listing: String {
      let shown = codes.prefix(12).map { code in
        let name = names[code].map { " (\($0))" } ?? ""
        return "\(code)\(name), \(counts[code] == 1 ? "1 row" : "\(counts[code] ?? 0) rows")"
      }
      return shown.joined(separator: "; ") + (codes.count > 12 ? "; and \(codes.count - 12) more" : "")
    }
  }
}

extension DataTable {
  /// The first column of this name in any case, given in lower case.
  func column(named name: String) -> String? { columnNames.first { $0.lowercased() == name } }
}
