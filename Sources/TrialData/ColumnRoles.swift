/// The columns of a table that play the parts a selection leaves open.
struct ColumnRoles {
  let time: String
  let event: String
  let arm: String?
  /// Columns read as text: the arm, strata, clusters, subjects.
  let textNames: [String]
  /// Choices between columns that could serve as well.
  let remarks: [DataRemark]

  // ADaM's variables beside them; nil where the table has none.
  /// AVALU, where the time is AVAL.
  let unit: String?
  let subject: String?
  let eventDescription: String?
  let censoringDescription: String?
  /// Another column of events that was found beside the one chosen, where that has no name of the caller's.
  let otherEvent: String?
  /// The numbers of the arms, TRT01PN beside TRT01P.
  let armNumber: String?

  init(_ table: DataTable, _ selection: ColumnSelection) throws(TrialDataError) {
    func choose(_ given: String?, _ candidates: [String], _ what: String, _ option: String) throws(TrialDataError)
      -> String
    {
      if let given {
        _ = try table.position(of: given)
        return given
      }
      if let name = candidates.compactMap(table.column(named:)).first { return name }
      throw TrialDataError(
        .data, file: table.file,
        "no \(what) column: none is named \(candidates.joined(separator: ", ")). Name it with \(option); the columns are "
          + table.columnNames.joined(separator: ", "))
    }
    time = try choose(selection.time, ColumnRoles.times, "time", "--time")
    let events = ColumnRoles.events(time: time)
    event = try choose(selection.event, events, "event", "--event")
    var arm = selection.arm
    if arm == nil, selection.findsArm { arm = selection.armColumn(in: table) }
    self.arm = arm
    textNames = [arm].compactMap { $0 } + selection.strata + [selection.cluster, selection.id].compactMap { $0 }

    func others(_ candidates: [String], than chosen: String?) -> [String] {
      candidates.compactMap(table.column(named:)).filter { $0 != chosen }
    }
    let otherEvents = selection.event == nil ? others(events, than: event) : []
    otherEvent = event.lowercased() == "cnsr" ? otherEvents.first : otherEvents.first { $0.lowercased() == "cnsr" }
    var choices: [String] = []
    if selection.time == nil, let other = others(ColumnRoles.times, than: time).first {
      choices.append("time from \(time), not \(other) (--time)")
    }
    if let other = otherEvents.first { choices.append("event from \(event), not \(other) (--event)") }
    if selection.arm == nil, let arm {
      // TRTP beside TRT01P is the same thing twice.
      let isPlanned = ["trt01p", "trtp"].contains(arm.lowercased())
      let rivals = others(ColumnRoles.arms, than: arm).filter { !isPlanned || $0.lowercased() != "trtp" }
      if !rivals.isEmpty { choices.append("arm from \(arm), not \(rivals.joined(separator: " or ")) (--arm)") }
    }
    remarks =
      choices.isEmpty
      ? [] : [DataRemark("column-choice", "Read where several columns could serve: \(choices.joined(separator: "; "))")]

    unit = time.lowercased() == "aval" ? table.column(named: "avalu") : nil
    subject = table.column(named: "usubjid")
    eventDescription = table.column(named: "evntdesc")
    censoringDescription = table.column(named: "cnsdtdsc")
    armNumber = arm.flatMap { $0.lowercased().hasPrefix("trt") ? table.column(named: $0.lowercased() + "n") : nil }
  }

  /// Columns of text that are read for what they say about the rows used, without a row being left out for them.
  var companions: [String] {
    [unit, subject, eventDescription, censoringDescription, otherEvent, armNumber].compactMap { $0 }
  }

  static let times = ["time", "aval"]
  /// Planned treatments before actual ones: the comparison is that of the randomisation.
  static let arms = ["arm", "trt01p", "trtp", "trt01a", "trta"]

  /// The event belongs to its time: AVAL has CNSR.
  static func events(time: String) -> [String] {
    time.lowercased() == "aval" ? ["cnsr", "event", "status"] : ["event", "status", "cnsr"]
  }
}

extension ColumnSelection {
  /// The column of events, named or found; nil where there is none.
  package func eventColumn(in table: DataTable) -> String? {
    if let event { return event }
    guard let time = time ?? ColumnRoles.times.compactMap(table.column(named:)).first else { return nil }
    return ColumnRoles.events(time: time).compactMap(table.column(named:)).first
  }

  /// The column of arms, named or found; nil where there is none.
  package func armColumn(in table: DataTable) -> String? {
    arm ?? ColumnRoles.arms.compactMap(table.column(named:)).first
  }

  /// How many columns of text are read beside those that the selection names.
  package func companionColumns(in table: DataTable) -> Int {
    (try? ColumnRoles(table, self))?.companions.count ?? 0
  }
}
