internal import Survival

/// How a column's codes were read as event and censoring.
///
/// 0/1 and true/false mean what they say. A column named CNSR (ADaM) is the other way round: 0 is an event, any other
/// whole number a censoring. Everything else stops with the codes found, and so does a column whose name speaks of
/// censoring, and one whose only code stands beside empty cells: a reversed coding inverts every result, and no guess is made.
/// docs/methods/adam.md has the table of names and codes.
public struct EventCoding: Sendable, Equatable {
  public let column: String
  /// The codes that mean an event.
  public let eventCodes: [String]
  public let events: Int
  public let censored: Int
  /// Doubts about codes that the caller named.
  public let remarks: [DataRemark]

  /// "event = 1: 343 events, 208 censored".
  public var sentence: String {
    "\(column) = \(eventCodes.joined(separator: " or ")): \(events) events, \(censored) censored"
  }

  /// Reads the codes of the rows that are used.
  ///
  /// - Parameters:
  ///   - codes: labels that no row has are codes of the rest of the file.
  ///   - eventValues: codes that mean an event, when the user named them; all others then mean censored.
  ///   - emptyCells: rows that would be used but for their empty cell in the column.
  ///   - label: what the file says that a code stands for.
  static func read(
    _ codes: CodedColumn, column: String, eventValues: [String], emptyCells: Int = 0, file: String,
    label: (String) -> String? = { _ in nil }
  ) throws(TrialDataError) -> (coding: EventCoding, isEvent: [Bool]) {
    let counts = Counts(codes)
    let found = counts.codes
    func ask(_ trouble: String) -> TrialDataError {
      let choice = found.count == 2 ? found.sorted().map { "--event-values \($0)" }.joined(separator: " or ") : nil
      return TrialDataError(
        .data, file: file, column: column,
        "\(trouble); the codes are \(counts.listing(label)). Say which mean an event: \(choice ?? "--event-values CODE")"
      )
    }
    let name = ColumnName(column)
    let eventCodes: [String]
    var eventCode = "1"
    if !eventValues.isEmpty {
      if let unknown = eventValues.first(where: { value in !found.contains { matches($0, value) } }) {
        throw TrialDataError(
          .data, file: file, column: column,
          "the event value \(unknown) does not occur; the codes are \(counts.listing(label))")
      }
      eventCodes = found.filter { code in eventValues.contains { matches(code, $0) } }
    } else if name.isCNSR {
      // Programs write a column of whole numbers with missing values as 0.0 and 1.0.
      guard found.allSatisfy({ Double($0).map { $0 >= 0 && $0 == $0.rounded() } ?? false }) else {
        throw ask("the coding of CNSR is 0 for an event and 1 or more for a censoring")
      }
      eventCode = "0"
      eventCodes = found.filter { Double($0) == 0 }
    } else if name.speaksOfNoEvent {
      throw ask("the name speaks of \(name.subject), so that the coding may be reversed")
    } else if found.allSatisfy({ Double($0) == 0 || Double($0) == 1 }) {
      // Rows that all have 1 may be the censored ones of a coding 1/2.
      if found.allSatisfy({ Double($0) == 1 }), codes.labels.contains(where: { Double($0) ?? 1 > 1 }) {
        throw ask("the rows used have the code 1 alone, and other rows of the file have codes above 1")
      }
      eventCodes = found.filter { Double($0) == 1 }
    } else if found.allSatisfy({ ["true", "false"].contains($0.lowercased()) }) {
      eventCode = "true"
      eventCodes = found.filter { $0.lowercased() == "true" }
    } else {
      throw ask("the coding is not 0/1 or true/false")
    }
    let areEvents = Set(eventCodes)
    let events = counts.total(areEvents)
    let isEvent = translated(codes.codes, codes.labels.map { areEvents.contains($0) })
    if emptyCells > 0, events == 0 || events == codes.count {
      let rows = emptyCells == 1 ? "1 row has an empty cell" : "\(emptyCells) rows have empty cells"
      throw TrialDataError(
        .data, file: file, column: column,
        "every code means \(events == 0 ? "a censoring" : "an event"), and \(rows), which may mean the contrary. Write a "
          + "code for it (such as 0, 1 or N), or leave these rows out as unknown with --where \"\(column)!=\"")
    }
    return (
      EventCoding(
        column: column, eventCodes: eventCodes.isEmpty ? [eventCode] : eventCodes, events: events,
        censored: codes.count - events,
        remarks: eventValues.isEmpty
          ? [] : name.doubts(eventCodes).map { [DataRemark("event-codes-doubtful", $0)] } ?? []),
      isEvent
    )
  }

  /// The same coding of other rows.
  func counting(_ isEvent: [Bool]) -> EventCoding {
    let events = isEvent.count { $0 }
    return EventCoding(
      column: column, eventCodes: eventCodes, events: events, censored: isEvent.count - events, remarks: remarks)
  }

  /// Whether a code is the value named: as text, or as a number (1 and 1.0).
  package static func matches(_ code: String, _ value: String) -> Bool {
    code == value || (Double(code) != nil && Double(code) == Double(value))
  }
}
