public import Survival
public import TrialData

/// One trial of the catalogue: a folder with `published.json` and, per endpoint with rows, `<endpoint>.csv`.
public struct Trial: Sendable {
  /// A file of the trial as it was read, for checksums.
  public let files: [ByteSource]
  public let published: PublishedTrial
  /// Rows by endpoint.
  public let rows: [String: EndpointRows]

  /// Rows of one endpoint, arms in the order control, experimental: hazard ratios compare the second with the first.
  public struct EndpointRows: Sendable {
    public let data: TimeToEvent
    public let arms: Grouping
  }

  /// - Throws: `TrialDataError` naming file, row and column.
  public init(folder: String) throws(TrialDataError) {
    let facts = try ByteSource.read("\(folder)/published.json")
    let published = try PublishedTrial(facts)
    var files = [facts]
    var rows: [String: EndpointRows] = [:]
    for endpoint in published.endpoints where endpoint.level != nil {
      let source = try ByteSource.read("\(folder)/\(endpoint.id).csv")
      files.append(source)
      var selection = ColumnSelection()
      (selection.time, selection.event, selection.arm) = ("time", "event", "arm")
      selection.failOnMissing = true
      let dataset = try TrialDataset(try DataTable(source), selection)
      let found = dataset.text("arm")?.grouping(order: [endpoint.control, endpoint.experimental]) ?? Grouping([])
      if let unknown = dataset.text("arm")?.labels.first(where: {
        $0 != endpoint.experimental && $0 != endpoint.control
      }) {
        throw TrialDataError(
          .data, file: source.name, column: "arm",
          "\(unknown) is not an arm of \(endpoint.id); the arms are \(endpoint.control), \(endpoint.experimental)")
      }
      guard found.count == 2 else {
        throw TrialDataError(.data, file: source.name, column: "arm", "only one of the two arms has rows")
      }
      rows[endpoint.id] = EndpointRows(data: try dataset.timeToEvent(), arms: found)
    }
    self.files = files
    self.published = published
    self.rows = rows
  }
}
