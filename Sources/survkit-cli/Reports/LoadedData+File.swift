internal import Reporting
internal import TrialData

/// What the file of the rows says beside them.
extension LoadedData {
  /// The columns that the analysis reads.
  private var columnsUsed: Set<String> {
    let optional = [
      dataset.armColumn, selection.start, selection.weight, selection.frequency, selection.cluster, selection.id,
      selection.offset,
    ]
    return Set(
      [dataset.timeColumn, dataset.eventColumn] + optional.compactMap { $0 } + selection.strata + selection.covariates
        + selection.factors + selection.subgroups + selection.conditions.map(\.column))
  }

  /// What must be known of the file; special missing values of the columns used.
  var fileRemarks: [Remark] {
    var remarks = dataset.description.notes.map { Remark($0.code, $0.message) }
    let used = columnsUsed
    let special = dataset.description.specialMissing.filter { used.contains($0.column) }
    if !special.isEmpty {
      let listed = special.prefix(12).map { "\($0.column) \($0.code) (\($0.count))" }.joined(separator: ", ")
      let more = special.count > 12 ? " and \(special.count - 12) more" : ""
      remarks.append(
        Remark("special-missing", "special missing values of the file are missing values here: \(listed)\(more)"))
    }
    return remarks
  }

  /// Members of the JSON account: the format, its version and encoding, counts of special missing values by column and code.
  func addFile(to account: inout JSONObject) {
    let file = dataset.description
    account.add("format", file.format.rawValue)
    if let version = file.version { account.add("format_version", version) }
    account.add("compression", file.isCompressed ? "gzip" : "none")
    account.add("encoding", file.encoding)
    account.add(
      "special_missing",
      .array(
        file.specialMissing.map {
          .members(("column", .string($0.column)), ("code", .string($0.code)), ("rows", .integer($0.count)))
        }))
  }
}
