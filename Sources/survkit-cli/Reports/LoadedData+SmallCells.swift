internal import Reporting
internal import Survival
internal import TrialData

/// What `--sdc` leaves of counts of rows and of remarks.
extension LoadedData {
  /// Refuses rows of which nothing may be released: an arm whose subjects, events or censored are a small cell. What
  /// is said about it names no number.
  func checkSmallCells() throws {
    guard smallCells != nil else { return }
    for (label, table) in zip(armLabels, EventTable.tables(data, by: arms)) {
      try checkSmallCell(Double(table.count), "\(label): its subjects")
      try checkSmallCell(table.totalEvents, "\(label): its events")
      try checkSmallCell(table.totalCensored, "\(label): its censored")
    }
  }

  /// Refuses a total of an arm that is a small cell.
  func checkSmallCell(_ count: Double, _ what: String) throws {
    guard let smallCells, !smallCells.releases(count) else { return }
    throw TrialDataError(
      .data, file: dataset.file, column: dataset.armColumn,
      "\(what) are fewer than the \(smallCells.minimum) of --sdc, so that no count of it may be released; leave "
        + "it out with --where, or join arms")
  }

  /// Whether the difference of rows read and used would tell a small cell.
  var areRowsWithheld: Bool {
    guard let smallCells else { return false }
    return !([dataset.rowsExcluded] + dataset.dropped.map(\.rows)).allSatisfy(smallCells.releases)
  }

  /// Why a curve has no value at a time.
  static let notReleased = "withheld (--sdc): the curve is not released at this time"

  var withheldReason: String { "withheld: a small cell below \(smallCells?.minimum ?? 0) (--sdc)" }

  /// nil where withheld.
  func releasedCount(_ count: Int) -> Double? { smallCells?.releases(count) == false ? nil : Double(count) }

  /// A count for a sentence.
  func shown(_ count: Int) -> String {
    releasedCount(count).map(countText) ?? "fewer than \(smallCells?.minimum ?? 0)"
  }

  /// A doubt about the rows may count few of them.
  func released(_ remark: DataRemark) -> String {
    remark.code == "column-choice" ? remark.message : "a doubt about the rows, with counts that --sdc withholds"
  }

  func disclosureRemark(_ rule: SmallCellRule) -> Remark {
    Remark(
      "disclosure-control",
      "disclosure control (--sdc \(rule.minimum)): curves are released at some times only, with 0 or at least \(rule.minimum) events "
        + "and 0 or at least \(rule.minimum) censored between two and after the last; numbers at risk are those after the last such "
        + "time; quantiles with fewer than \(rule.minimum) events before or subjects after, counts of 1 to \(rule.minimum - 1) and those "
        + "that would give them away are withheld; tests, hazard ratios and restricted means are those of all subjects")
  }
}
