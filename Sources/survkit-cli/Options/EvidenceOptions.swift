internal import ArgumentParser
internal import TrialCatalogue
internal import TrialData

/// What printed claims are held against besides each other: rows, readings of a curve.
struct EvidenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Rows of an endpoint: a data file, after its endpoint's id where there are several, as in os=os.csv; repeatable.",
      valueName: "id=file"))
  var data: [String] = []

  @Option(help: ArgumentHelp("Column of times in the rows (time or AVAL when not given).", valueName: "col"))
  var time: String?

  @Option(help: ArgumentHelp("Column of events in the rows (event, status or CNSR when not given).", valueName: "col"))
  var event: String?

  @Option(help: ArgumentHelp("Codes that mean an event.", valueName: "codes"))
  var eventValues: String?

  @Option(help: ArgumentHelp("Column of arms in the rows.", valueName: "col"))
  var arm: String?

  @Option(help: ArgumentHelp("Columns of strata in the rows, separated by commas.", valueName: "cols"))
  var strata: String?

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "Use only rows that meet a condition, as survkit fit takes it; repeatable.", valueName: "COL=VALUE"))
  var conditions: [String] = []

  @Option(help: ArgumentHelp("The parameter (PARAMCD) of an ADaM data set.", valueName: "code"))
  var select: String?

  @Option(
    help: ArgumentHelp("Convert the rows' times, as survkit fit does: months, or days:months.", valueName: "unit"))
  var timeUnit: String?

  @Option(
    help: ArgumentHelp(
      "How the rows or curves name the claims' arms, where that is not by id or label, as in new=A,standard=B.",
      valueName: "id=name"))
  var arms: String?

  @Option(
    help: ArgumentHelp(
      "Readings of an endpoint's curves, as survkit reconstruct --curve takes them; like --data.", valueName: "id=file")
  )
  var curve: [String] = []

  @Flag(help: "Make no rows from readings of a curve among the claims.")
  var noReconstruction = false

  @OptionGroup var repeats: RepeatOptions

  /// Paths of the call.
  var files: [String] {
    (data + curve).map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      return String(parts.last ?? "")
    }
  }

  /// "os=file" by endpoint; a file alone belongs to the only endpoint with times.
  func byEndpoint(_ texts: [String], option: String, _ claims: ClaimSet) throws(UsageError) -> [String: String] {
    let endpoints = claims.trials.flatMap(\.endpoints).filter { !$0.isProportion }
    let ids = endpoints.map(\.id)
    let names = ids.joined(separator: ", ")
    var found: [String: String] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let (id, file): (String, String)
      if parts.count == 2, ids.contains(parts[0]) {
        (id, file) = (parts[0], parts[1])
      } else if ids.count == 1, let only = ids.first {
        (id, file) = (only, text)
      } else {
        throw UsageError(
          "\(option) \(text): name the endpoint, as in \(ids.first ?? "os")=\(text); the endpoints are \(names)")
      }
      guard ids.count(where: { $0 == id }) == 1 else {
        throw UsageError(
          "\(option): several trials of the file have an endpoint \(id); give each trial a file of its own")
      }
      guard found.updateValue(file, forKey: id) == nil else { throw UsageError("\(option) names two files for \(id)") }
    }
    return found
  }

  /// The options of `DataOptions` for a file of rows.
  func dataOptions(_ file: String) throws -> DataOptions {
    var words = [file]
    for (name, value) in [
      ("--time", time), ("--event", event), ("--event-values", eventValues), ("--arm", arm), ("--strata", strata),
      ("--select", select), ("--time-unit", timeUnit),
    ] {
      if let value { words += [name, value] }
    }
    for condition in conditions { words += ["--where", condition] }
    return try DataOptions.parse(words)
  }

  /// Names of arms in rows and curves by arm id, as `--arms` gives them.
  func armNames() throws(UsageError) -> [String: String] {
    var names: [String: String] = [:]
    for part in DataOptions.split(arms) {
      let parts = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw UsageError("--arms takes id=name, separated by commas; \(part) is not of that form")
      }
      names[parts[0]] = parts[1]
    }
    return names
  }
}
