internal import Survival

/// What ADaM's variables beside time and event say about the rows used.
struct AnalysisVariables {
  let file: String
  let selection: ColumnSelection
  let roles: ColumnRoles
  let read: SelectedColumns
  /// Rows of the file, from 0, one for each record; nil for all.
  let rows: [Int]?

  private func column(_ name: String) throws(TrialDataError) -> CodedColumn {
    let cells = try read.cells(name)
    let all = CodedColumn(labels: cells.cells, codes: cells.codes)
    return rows.map(all.subset) ?? all
  }

  /// EVNTDESC, CNSDTDSC or another column over the rows used; nil where the file has none.
  func description(_ name: String?) throws(TrialDataError) -> RowDescription? {
    guard let name else { return nil }
    return RowDescription(column: name, texts: try column(name))
  }

  /// The unit of the times: what AVALU says in the rows used, and what the caller asks for.
  func measure() throws(TrialDataError) -> TimeMeasure? {
    var units: [(text: String, rows: Int)] = []
    if let unit = try description(roles.unit) {
      let counts = codeCounts(unit.texts.codes, count: unit.texts.labels.count)
      units = counts.indices.filter { counts[$0] > 0 && !unit.isMissing($0) }.map {
        (unit.texts.labels[$0], counts[$0])
      }
    }
    return try TimeMeasure.find(units, column: roles.unit, selection.timeUnit, file: file)
  }

  /// Whether subjects have several rows that nobody said are intervals.
  func repeatedSubjects() throws(TrialDataError) -> DataRemark? {
    guard let subject = roles.subject, selection.id == nil, selection.start == nil, selection.frequency == nil,
      selection.cluster != subject
    else { return nil }
    let ids = try column(subject)
    let several = codeCounts(ids.codes, count: ids.labels.count).count { $0 > 1 }
    if several == 0 { return nil }
    return DataRemark(
      "repeated-subjects",
      "\(several == 1 ? "1 subject has" : "\(several) subjects have") more than one row by \(subject), and each row counts as a "
        + "subject: often a condition (--where) is missing; --id \(subject) is for the intervals of a subject")
  }

  /// The arm of the lowest number; nil where not each arm has one number of its own.
  func lowestArm() throws(TrialDataError) -> String? {
    guard let armName = roles.arm, let numberName = roles.armNumber else { return nil }
    let (arms, numbers) = (try column(armName), try column(numberName))
    var found: [Int32: Int32] = [:]
    for (arm, number) in zip(arms.codes, numbers.codes) {
      guard found[arm, default: number] == number else { return nil }
      found[arm] = number
    }
    let labelled = found.compactMap { arm, number in
      Double(numbers.labels[Int(number)]).map { (label: arms.labels[Int(arm)], number: $0) }
    }
    guard labelled.count == found.count, Set(labelled.map(\.number)).count == found.count,
      let lowest = labelled.min(by: { $0.number < $1.number })?.label
    else { return nil }
    return lowest
  }
}

extension AnalysisVariables {
  /// Holds events against what other columns say.
  ///
  /// A coding that was not named by the caller stops where the descriptions say that it is reversed: every row read as an event has a
  /// description of its censoring and no other row has. A reversed coding makes every number wrong and looks like a result;
  /// to confirm it takes one option. Less than that is a remark.
  ///
  /// - Throws: `TrialDataError` for such a coding, and where EVENT and CNSR disagree and nobody said which of them is to be read.
  func checkEvents(_ isEvent: [Bool], _ coding: EventCoding) throws(TrialDataError) -> [DataRemark] {
    let isNamed = !selection.eventValues.isEmpty
    if !isNamed { try checkOtherEvent(isEvent) }
    var remarks: [DataRemark] = []
    func tell(_ code: String, isCertain: Bool, _ message: String) throws(TrialDataError) {
      if isCertain, !isNamed {
        throw TrialDataError(
          .data, file: file, column: coding.column,
          "the coding looks reversed (\(coding.sentence)): \(message). If it is right all the same, say so with "
            + "--event-values \(coding.eventCodes[0])")
      }
      remarks.append(DataRemark(code, "Doubt about the coding of events: \(message)"))
    }
    guard coding.events > 0 else { return [] }
    if let described = try description(roles.censoringDescription) {
      let arePresent = described.arePresent
      let onEvents = zip(arePresent, isEvent).count { $0 && $1 }
      let onCensored = arePresent.count { $0 } - onEvents
      let isReversed = onEvents == coding.events && onCensored == 0
      if onEvents > 0 {
        let rows = isReversed ? "every row" : onEvents == 1 ? "1 row" : "\(onEvents) of \(coding.events) rows"
        try tell(
          "censored-events", isCertain: isReversed,
          "\(rows) read as an event \(isReversed || onEvents == 1 ? "has" : "have") a description of a censoring in "
            + described.column + (isReversed ? ", and no other row has" : ""))
      }
    }
    if let described = try description(roles.eventDescription) {
      let arePresent = described.arePresent
      let onEvents = zip(arePresent, isEvent).count { $0 && $1 }
      let onCensored = arePresent.count { $0 } - onEvents
      let saysCensored = described.texts.mapLabels { $0.lowercased().contains("censor") }
      let censorings = zip(saysCensored, isEvent).count { $0 && $1 }
      if censorings == coding.events, saysCensored.count(where: { $0 }) == censorings {
        try tell(
          "censored-events", isCertain: true,
          "\(described.column) speaks of censoring in every row read as an event, and in no other")
      } else if onEvents == 0, onCensored > 0 {
        try tell(
          "undescribed-events", isCertain: false, "\(described.column) describes only rows that are read as censored")
      }
    }
    return remarks
  }

  private func checkOtherEvent(_ isEvent: [Bool]) throws(TrialDataError) {
    guard let other = try description(roles.otherEvent), let name = roles.otherEvent else { return }
    let rows = other.arePresent.indices.filter { other.arePresent[$0] }
    // A column that is no coding of events on its own says nothing here.
    guard !rows.isEmpty,
      let read = try? EventCoding.read(other.texts.subset(rows), column: name, eventValues: [], file: file)
    else { return }
    let different = zip(rows, read.isEvent).count { isEvent[$0] != $1 }
    guard different > 0 else { return }
    throw TrialDataError(
      .data, file: file, column: roles.event,
      "\(roles.event) and \(name) disagree about the event in \(different) of \(rows.count) rows; name the one to read with "
        + "--event")
  }
}
