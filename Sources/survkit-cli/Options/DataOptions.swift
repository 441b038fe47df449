internal import ArgumentParser
internal import Survival
internal import TrialData

/// Where the rows are and which columns play which part.
struct DataOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "File of the rows, told by its content: CSV or tab-separated with a header row, SAS transport (XPORT 5 and 8) or "
        + "SAS7BDAT, Stata, SPSS, CDISC Dataset-JSON or NDJSON 1.1; each also as .gz. Or - for standard input."))
  var data: String

  @Option(help: ArgumentHelp("Column of times (found by itself when named time or AVAL).", valueName: "col"))
  var time: String?

  @Option(help: ArgumentHelp("Column of events: 0/1, true/false, or ADaM CNSR, where 0 is an event.", valueName: "col"))
  var event: String?

  @Option(
    help: ArgumentHelp(
      "Codes that mean an event, separated by commas; needed for any other coding, and for a column whose name speaks of "
        + "censoring.", valueName: "codes"))
  var eventValues: String?

  @Option(
    help: ArgumentHelp(
      "Parameter of an ADaM data set: short for --where PARAMCD=CODE. Rows of several parameters are not analysed together.",
      valueName: "code"))
  var select: String?

  @Option(
    help: ArgumentHelp(
      "Analyse times in days, weeks, months (30.4375 days) or years (365.25 days), converted from what AVALU says; "
        + "days:months where the file does not say it. --times, --tau and all results are in this unit.",
      valueName: "unit"))
  var timeUnit: String?

  @Option(
    help: ArgumentHelp(
      "Column of entry times, for delayed entry: a row is at risk from after its start up to its time.",
      valueName: "col"))
  var start: String?

  @Option(
    help: ArgumentHelp(
      "Column of arms (found by itself when named arm, TRT01P, TRTP, TRT01A or TRTA).", valueName: "col"))
  var arm: String?

  @Option(help: ArgumentHelp("Columns of strata, separated by commas.", valueName: "cols"))
  var strata: String?

  @Option(help: ArgumentHelp("Column of case weights: how much a row counts.", valueName: "col"))
  var weight: String?

  @Option(
    help: ArgumentHelp("Column of frequencies: how many subjects, all alike, a row stands for.", valueName: "col"))
  var freq: String?

  @Option(
    help: ArgumentHelp(
      "Column of clusters, for a robust variance of Cox and Fine-Gray models and for --bootstrap.", valueName: "col"))
  var cluster: String?

  @Option(
    help: ArgumentHelp(
      "Column of subjects, where one has several rows from --start to time: overlaps are refused, and subjects are counted, "
        + "not rows.", valueName: "col"))
  var id: String?

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "Use only rows with this text in a column; repeatable, or several separated by commas, all of which must hold. Also "
        + "COL=A|B (one of the texts), COL!=VALUE, and COL>=X, COL<=X, COL>X, COL<X, which compare numbers.",
      valueName: "COL=VALUE"))
  var conditions: [String] = []

  @Option(help: "Rows with a missing value: drop or fail.")
  var missing: MissingRule = .drop

  @Option(
    help: ArgumentHelp(
      "Arm that the others are compared with; the first in order (last with --like sas) when not given.",
      valueName: "arm"))
  var reference: String?

  @Option(help: "Confidence level.")
  var level: Double = 0.95

  @Option(
    help: ArgumentHelp(
      "Scale of the interval of S(t): plain, log, log-log, logit, arcsin. Default from --like.", valueName: "scale"))
  var confType: IntervalScale?

  @Option(
    help: "Conventions of r, sas or stata for intervals, quantiles, ties, near-equal times and the reference level.")
  var like: Convention = .r

  @Option(
    help: ArgumentHelp(
      "Relative difference up to which two times are one; 0 for equal values only. Default "
        + "\(TimeToEvent.defaultTieTolerance); 0 with --like sas or stata.", valueName: "x"))
  var tieTolerance: Double?

  @Option(
    help: ArgumentHelp(
      "Threads that may work at once; all processors when not given. No number depends on it.", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Refuse the call (exit status 75) where it may need more memory than this, such as 500M or 2G, by an estimate from "
        + "the file's size, its rows and the columns used.", valueName: "size"))
  var maxMemory: MemorySize?

  @Option(
    help: ArgumentHelp(
      "Statistical disclosure control: release counts of 0 or at least N subjects only, in curves, tables, numbers at risk and "
        + "figures (\(DataOptions.commandsWithSmallCells)). What was withheld is said.", valueName: "N"))
  var sdc: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Refuse what is larger, each NAME=SIZE, repeatable: bytes of the file (8G), of a row (line=16M), of a cell (field=1M); columns (10000), "
        + "rows; different arms (groups=10000), levels of a factor (1000), strata (1000000).", valueName: "NAME=SIZE"))
  var limit: [String] = []

  @Flag(help: "Say in an error what a cell holds. Without it no value of the data is repeated.")
  var showValues = false

  /// The tolerance in force.
  var appliedTieTolerance: Double { tieTolerance ?? like.tieTolerance }

  enum MissingRule: String, ExpressibleByArgument {
    case drop
    case fail
  }

  /// Reads the rows; `adjust` adds what one command needs to the selection of columns.
  ///
  /// - Parameters:
  ///   - workspace: what the analysis needs, for `--max-memory`.
  ///   - isUnderDisclosureControl: the analysis obeys `--sdc`; without this the option is refused.
  ///   - joinsIntervals: rows of one subject that only cut its time in pieces are one; not where covariates may change from
  ///     row to row.
  func load(
    _ workspace: Workspace, isUnderDisclosureControl: Bool = false, joinsIntervals: Bool = true,
    adjust: (inout ColumnSelection, DataTable) throws -> Void = { _, _ in }
  ) throws -> LoadedData {
    // Settings are checked before any file is opened.
    _ = try confidence()
    let smallCells = try smallCellRule(isObeyed: isUnderDisclosureControl)
    let limits = try readLimits()
    if freq != nil, id != nil {
      throw UsageError("--freq and --id exclude each other: a row that stands for several subjects has no one id")
    }
    if let threads {
      guard (1...1024).contains(threads) else {
        throw UsageError("--threads takes a whole number from 1 to 1024, not \(threads)")
      }
      Parallelism.threads = threads
    }
    var selection = ColumnSelection()
    selection.time = time
    selection.event = event
    selection.start = start
    selection.arm = arm
    selection.weight = weight
    selection.frequency = freq
    selection.cluster = cluster
    selection.id = id
    selection.joinsIntervals = joinsIntervals
    selection.eventValues = DataOptions.split(eventValues)
    selection.strata = DataOptions.split(strata)
    selection.failOnMissing = missing == .fail
    selection.conditions = try rowConditions()
    selection.parameter = select
    selection.timeUnit = try timeUnitRequest()
    let file = try DataFile.read(data, limit: limits.bytes) { [maxMemory] name, count throws(TrialDataError) in
      try MemoryEstimate.check(count, maxMemory, file: name, "the file alone takes")
    }
    let table = try DataTable(unchecked: file, limits: limits)
    do {
      return try load(file, table, &selection, workspace, smallCells, adjust)
    } catch let error as TrialDataError where showValues {
      throw error.showingValue(of: table)
    }
  }

  private func load(
    _ file: DataFile, _ table: DataTable, _ selection: inout ColumnSelection, _ workspace: Workspace,
    _ smallCells: SmallCellRule?, _ adjust: (inout ColumnSelection, DataTable) throws -> Void
  ) throws -> LoadedData {
    do {
      try adjust(&selection, table)
    } catch {
      // Rows that are no table are told first.
      try table.checkRows()
      throw error
    }
    let memory = MemoryEstimate(table, selection, workspace)
    try memory.check(maxMemory, file: table.file)
    let dataset = try TrialDataset(table, selection)
    let arms = try dataset.armColumn.flatMap(dataset.text).map { try self.arms($0.grouping(), dataset) }
    if arms == nil, let reference {
      throw UsageError("--reference \(reference): there is no arm column; name it with --arm")
    }
    let strata = Grouping.crossing(selection.strata.compactMap { dataset.text($0)?.grouping() })
    let limits = table.limits
    try limits.check(
      \.groups, arms?.count ?? 0, named: "groups", of: "arms", file: table.file, column: dataset.armColumn)
    try limits.check(
      \.strata, strata?.count ?? 0, named: "strata", of: "strata", file: table.file,
      column: selection.strata.joined(separator: ", "))
    for name in selection.factors + selection.covariates where name != dataset.armColumn {
      let levels = dataset.text(name)?.labels.count ?? 0
      try limits.check(\.levels, levels, named: "levels", of: "levels", file: table.file, column: name)
    }
    let cluster = cluster.flatMap(dataset.text)?.grouping()
    if let cluster, cluster.count < 2 {
      throw TrialDataError(
        .data, file: dataset.file, column: self.cluster,
        "a robust variance or a bootstrap needs two clusters; all rows used have \(cluster.labels[0])")
    }
    let loaded = LoadedData(
      source: file.original, dataset: dataset, data: try dataset.timeToEvent(tieTolerance: appliedTieTolerance),
      arms: arms,
      strata: strata, cluster: cluster,
      selection: selection, smallCells: smallCells, showsValues: showValues, memory: memory,
      isReferenceGiven: reference != nil)
    try loaded.checkSmallCells()
    return loaded
  }

  /// The limits in force: the standard ones, with those of `--limit`.
  private func readLimits() throws(UsageError) -> ReadLimits {
    var limits = ReadLimits.standard
    for text in limit {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let size = MemorySize(argument: parts[1]), limits.set(parts[0], to: size.bytes) else {
        throw UsageError(
          "--limit takes NAME=SIZE, such as rows=2M; the names are \(ReadLimits.names.joined(separator: ", "))")
      }
    }
    return limits
  }

  /// What obeys `--sdc`.
  private static let commandsWithSmallCells = "cif, fit, km, plot, report, rmst, test"

  /// The rule of `--sdc`.
  private func smallCellRule(isObeyed: Bool) throws -> SmallCellRule? {
    guard let sdc else { return nil }
    guard isObeyed else {
      throw UsageError(
        "--sdc has no rule for this command, which may tell of single subjects: \(DataOptions.commandsWithSmallCells)")
    }
    let unruled = [("--start", start), ("--weight", weight), ("--id", id)].first { $0.1 != nil }
    if let unruled { throw UsageError("--sdc has no rule for \(unruled.0): leave out one of them") }
    return try SmallCellRule(minimum: sdc)
  }

  /// Refuses what tells of single subjects, whatever is withheld.
  func refuseUnderDisclosureControl(_ options: (name: String, isGiven: Bool)...) throws(UsageError) {
    guard sdc != nil, let option = options.first(where: \.isGiven) else { return }
    throw UsageError("--sdc: \(option.name) tells of single subjects; leave it out")
  }

  /// Refuses what an analysis needs beside `load`, as soon as its size is known.
  func checkMemory(_ loaded: LoadedData, adding more: MemoryEstimate) throws {
    try loaded.memory.adding(more).check(maxMemory, file: loaded.dataset.file)
  }

  func confidence() throws -> ConfidenceSetting {
    try ConfidenceSetting(level: level, transform: confType?.transform ?? like.transform)
  }

  /// The arms with the reference in front.
  private func arms(_ groups: Grouping, _ dataset: TrialDataset) throws -> Grouping {
    let sorted = groups.labels
    let reference = self.reference.map {
      sorted.contains($0) ? $0 : dataset.description.code(for: $0, in: dataset.armColumn)
    }
    if let reference, !sorted.contains(reference) {
      throw TrialDataError(
        .usage, file: dataset.file, column: dataset.armColumn,
        "no row has the reference arm \(reference); the arms are \(DataOptions.listing(sorted))")
    }
    return (reference ?? like.reference(of: sorted)).map(groups.withFirst) ?? groups
  }

  /// The conditions of `--where`. A comma separates conditions only where each part is one: a value may hold a comma, and a part
  /// without "=" is a condition where it compares with a number.
  private func rowConditions() throws(UsageError) -> [RowCondition] {
    func isCondition(_ part: Substring) -> Bool {
      part.contains("=") || RowCondition(part).map { $0.comparison != .equal && $0.number != nil } == true
    }
    var found: [RowCondition] = []
    for text in conditions {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      for part in parts.allSatisfy(isCondition) ? parts : [text[...]] {
        guard let condition = RowCondition(part) else {
          throw UsageError("--where takes COLUMN=VALUE, or !=, >=, <=, >, <; \"\(part)\" is not of that form")
        }
        if condition.comparison.isOfNumbers, condition.number == nil {
          throw UsageError(
            "--where \(part): \(condition.comparison.rawValue) compares numbers, and \"\(condition.value)\" is none")
        }
        found.append(condition)
      }
    }
    return found
  }

  private func timeUnitRequest() throws(UsageError) -> TimeUnitRequest? {
    guard let timeUnit else { return nil }
    guard let request = TimeUnitRequest(timeUnit) else {
      throw UsageError(
        "--time-unit takes days, weeks, months or years, or two of them as in days:months; \"\(timeUnit)\" is neither")
    }
    return request
  }

  /// Refuses `--cluster` where there is no regression, and no bootstrap, to take it.
  func refuseCluster(hasBootstrap: Bool = false) throws(UsageError) {
    guard cluster != nil else { return }
    throw UsageError(
      "--cluster belongs to the Cox model: survkit cox or survkit fit"
        + (hasBootstrap ? "; here it says what --bootstrap draws" : ""))
  }

  static func split(_ list: String?) -> [String] { (list ?? "").split(separator: ",").map(String.init) }

  /// Up to twelve labels for a message.
  static func listing(_ labels: [String]) -> String {
    labels.prefix(12).joined(separator: ", ") + (labels.count > 12 ? " and \(labels.count - 12) more" : "")
  }
}
