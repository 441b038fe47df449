public import Reconstruction
public import TrialData

/// A Kaplan–Meier figure as a digitising tool left it: readings of the curves, numbers at risk and censor marks beside them.
///
/// Files may come from WebPlotDigitizer, Engauge, DigitizeIt, ScanIt or Plot Digitizer as they export them, or be written by
/// hand; see `DigitisedTable` for the layouts. The scale and the direction of the value axis are recognised where they are not
/// stated. Whatever was recognised or changed stands in `notes`.
public struct DigitisedFigure: Sendable {
  /// Facts per arm, in the order of the figure.
  public let arms: [ArmFacts]
  public let timeUnit: String
  /// The value axis in force.
  public let axis: Axis
  /// The files read, each once, in the order of reading.
  public let files: [ByteSource]
  /// What was recognised or changed.
  public let notes: [Note]

  /// A figure from its description in JSON: `arms` with, for each, `arm` (or `id`), `curve` (a file) or `survival` (`times`,
  /// `values`), `at_risk` (a file, or `times` and `n`), `censor_marks` (a file, or times), `n`, `total_events` (or `events`),
  /// `median`; besides `time_unit`, `y_scale`, `y_direction`. Only the name, the readings and `n`, or a number at risk at 0, are
  /// needed. File names are relative to `folder`.
  ///
  /// - Throws: `TrialDataError` naming file, row and column; a scale or direction that is not known; an arm whose number of
  ///   subjects is neither given nor the number at risk at 0.
  public init(_ file: ByteSource, folder: String) throws(TrialDataError) {
    let description = try FigureDescription(file)
    var library = FigureFiles(folder: folder, files: [file])
    var parts: [Parts] = []
    for arm in description.arms { parts.append(try arm.parts(of: file, &library)) }
    try self.init(
      parts, axis: description.axis, timeUnit: description.timeUnit ?? "time", files: library.files,
      notes: library.notes)
  }

  /// A figure from a file of readings, with numbers at risk and censor marks beside it. A file with several curves makes one
  /// arm of each.
  ///
  /// - Parameters:
  ///   - curve: the readings.
  ///   - atRisk: the numbers at risk; nil for none.
  ///   - censorMarks: the times of the censor marks; nil for none.
  ///   - subjects: number of subjects by arm, or under "" for the only one; may be missing where the number at risk at 0 is
  ///     given.
  ///   - events: total of events, likewise; may be missing.
  ///   - axis: what the readings measure.
  public init(
    curve: ByteSource, atRisk: ByteSource? = nil, censorMarks: ByteSource? = nil, subjects: [String: Int] = [:],
    events: [String: Int] = [:], axis: Axis = Axis()
  ) throws(TrialDataError) {
    let readings = try DigitisedTable(curve, .readings)
    var beside: [(DigitisedTable, isAtRisk: Bool)] = []
    if let atRisk { beside.append((try DigitisedTable(atRisk, .atRisk), true)) }
    if let censorMarks { beside.append((try DigitisedTable(censorMarks, .censorMarks), false)) }
    let names = readings.series.map { $0.name ?? "all" }
    for name in (Array(subjects.keys) + Array(events.keys)).sorted() where !names.contains(name) {
      guard !(name.isEmpty && names.count == 1) else { continue }
      throw TrialDataError(
        .usage, file: readings.file,
        name.isEmpty
          ? "has several arms (\(names.joined(separator: ", "))): give numbers by arm, as in A=213,B=211"
          : "has no arm \(name); the arms are \(names.joined(separator: ", "))")
    }
    for (table, _) in beside { try DigitisedFigure.checkArms(readings, table) }
    func given(_ numbers: [String: Int], _ name: String) -> Int? { numbers[name] ?? numbers[""] }
    var parts: [Parts] = []
    for (series, name) in zip(readings.series, names) {
      var part = Parts(
        curve: RawCurve(arm: name, file: readings.file, heading: series.heading, points: series.points))
      part.subjects = given(subjects, name)
      part.events = given(events, name)
      for (table, isAtRisk) in beside {
        let found = names.count == 1 ? table.series[0] : table.series(of: name)
        guard let found else { continue }
        if isAtRisk { part.atRisk = try table.counts(found) } else { part.censorMarks = try table.marks(found) }
      }
      parts.append(part)
    }
    try self.init(
      parts, axis: axis, timeUnit: "time", files: [curve, atRisk, censorMarks].compactMap { $0 },
      notes: ([readings] + beside.map(\.0)).compactMap(\.unusedNote))
  }

  /// How a file of readings names its curves; "all" for the only one without a name.
  public static func armNames(of curve: ByteSource) throws(TrialDataError) -> [String] {
    try DigitisedTable(curve, .readings).series.map { $0.name ?? "all" }
  }

  /// An arm that one file names and the other does not.
  private static func checkArms(_ readings: DigitisedTable, _ other: DigitisedTable) throws(TrialDataError) {
    let (here, there) = (readings.series.compactMap(\.name), other.series.compactMap(\.name))
    // One curve is its file's, however each file calls it; names that both give must agree.
    if readings.series.count == 1, other.series.count == 1, here.isEmpty || there.isEmpty { return }
    func missing(_ arm: String, from file: String, of other: String, _ names: [String]) -> TrialDataError {
      let arms = names.isEmpty ? "names no arms" : "has \(names.joined(separator: ", "))"
      return TrialDataError(
        .data, file: file, "has no arm \(arm), which stands in \(other); it \(arms): give both files the same arms")
    }
    if let arm = there.first(where: { !here.contains($0) }) {
      throw missing(arm, from: readings.file, of: other.file, here)
    }
    if let arm = here.first(where: { !there.contains($0) }) {
      throw missing(arm, from: other.file, of: readings.file, there)
    }
  }

  /// What is known of one arm before the value axis is.
  struct Parts {
    let curve: RawCurve
    var atRisk: [ArmFacts.AtRisk] = []
    var censorMarks: [Double] = []
    var subjects: Int?
    var events: Int?
    var median: Double?
    var readingError: Double?
    var largestError: Double?
  }

  private init(
    _ parts: [Parts], axis: Axis, timeUnit: String, files: [ByteSource], notes: [Note]
  ) throws(TrialDataError) {
    var notes = notes
    let axis = try axis.recognised(parts.map(\.curve), notes: &notes)
    var moved = ClickCount()
    var arms: [ArmFacts] = []
    for part in parts {
      let name = part.curve.arm
      let readings = try axis.readings(part.curve, moved: &moved)
      guard let subjects = part.subjects ?? part.atRisk.first(where: { $0.time == 0 })?.count else {
        throw TrialDataError(
          .data, file: part.curve.file,
          "arm \(name): the number of subjects is not given; state it (--n, n), or the number at risk at 0")
      }
      arms.append(
        ArmFacts(
          arm: name, subjects: subjects, events: part.events, median: part.median, atRisk: part.atRisk,
          readings: readings, censorMarks: part.censorMarks, isReadToEnd: true,
          readingError: part.readingError, largestReadingError: part.largestError ?? 0.015))
    }
    if let note = moved.note { notes.append(note) }
    self.arms = arms
    self.axis = axis
    self.timeUnit = timeUnit
    self.files = files
    self.notes = notes
  }
}

extension DigitisedTable {
  /// Numbers at risk in order of time; a cell without a number is not given.
  func counts(_ series: Series) throws(TrialDataError) -> [ArmFacts.AtRisk] {
    var found: [ArmFacts.AtRisk] = []
    for point in series.points.sorted(by: { $0.time < $1.time }) {
      guard point.value == point.value.rounded(), point.value >= 0, point.value < 1e9 else {
        throw TrialDataError(
          .data, file: file, row: point.row, column: series.heading,
          "\(TrialCatalogue.number(point.value)) is not a number of subjects; it is a whole number without separators")
      }
      guard point.time >= 0 else {
        throw TrialDataError(
          .data, file: file, row: point.row,
          "a number at risk stands at time \(TrialCatalogue.number(point.time)), before 0")
      }
      if let last = found.last, last.time == point.time {
        guard last.count == Int(point.value) else {
          throw TrialDataError(
            .data, file: file, row: point.row, column: series.heading,
            "\(Int(point.value)) at risk at time \(TrialCatalogue.number(point.time)), where another row has \(last.count); "
              + "remove one")
        }
        continue
      }
      found.append(.init(time: point.time, count: Int(point.value)))
    }
    return found
  }

  /// Times of censor marks, ascending.
  func marks(_ series: Series) throws(TrialDataError) -> [Double] {
    let margin = DigitisedFigure.Axis.margin * (series.points.map(\.time).max() ?? 0).magnitude
    for point in series.points where point.time < -margin {
      throw TrialDataError(
        .data, file: file, row: point.row,
        "a censor mark stands at time \(TrialCatalogue.number(point.time)), before 0; correct it, or remove the row")
    }
    return series.points.map { max(0, $0.time) }.sorted()
  }

  /// Columns that were left aside.
  var unusedNote: DigitisedFigure.Note? {
    guard !unused.isEmpty else { return nil }
    return .init(
      code: "unused-columns",
      message: "\(file): not used: \(unused.count > 1 ? "columns" : "column") \(unused.joined(separator: ", "))")
  }
}
