internal import Survival

/// How a column's codes were read as event and censoring.
///
/// 0/1 and true/false mean what they say. A column named CNSR (ADaM) is the other way round: 0 is an event, any other
/// whole number a censoring. Everything else stops with the codes found, and so does a column whose name speaks of
/// censoring: a reversed coding inverts every result, and no guess is made.
public struct EventCoding: Sendable, Equatable {
  public let column: String
  /// The codes that mean an event.
  public let eventCodes: [String]
  public let events: Int
  public let censored: Int

  /// "event = 1: 343 events, 208 censored".
  public var sentence: String {
    "\(column) = \(eventCodes.joined(separator: " or ")): \(events) events, \(censored) censored"
  }

  /// Reads the codes of the rows that are used.
  ///
  /// - Parameters:
  ///   - eventValues: codes that mean an event, when the user named them; all others then mean censored.
  ///   - label: what the file says that a code stands for.
  static func read(
    _ codes: CodedColumn, column: String, eventValues: [String], file: String, label: (String) -> String? = { _ in nil }
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
    let name = column.lowercased()
    let eventCodes: [String]
    var eventCode = "1"
    if !eventValues.isEmpty {
      if let unknown = eventValues.first(where: { value in !found.contains { matches($0, value) } }) {
        throw TrialDataError(
          .data, file: file, column: column,
          "the event value \(unknown) does not occur; the codes are \(counts.listing(label))")
      }
      eventCodes = found.filter { code in eventValues.contains { matches(code, $0) } }
    } else if name == "cnsr" {
      // Programs write a column of whole numbers with missing values as 0.0 and 1.0.
      guard found.allSatisfy({ Double($0).map { $0 >= 0 && $0 == $0.rounded() } ?? false }) else {
        throw ask("the coding of CNSR is 0 for an event and 1 or more for a censoring")
      }
      eventCode = "0"
      eventCodes = found.filter { Double($0) == 0 }
    } else if name.contains("cens"), !name.contains("uncens") {
      throw ask("the name speaks of censoring, so that the coding may be reversed")
    } else if found.allSatisfy({ Double($0) == 0 || Double($0) == 1 }) {
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
    return (
      EventCoding(
        column: column, eventCodes: eventCodes.isEmpty ? [eventCode] : eventCodes, events: events,
        censored: codes.count - events),
      isEvent
    )
  }

  /// The same coding of other rows.
  func counting(_ isEvent: [Bool]) -> EventCoding {
    let events = isEvent.count { $0 }
    return EventCoding(column: column, eventCodes: eventCodes, events: events, censored: isEvent.count - events)
  }

  /// Whether a code is the value named: as text, or as a number (1 and 1.0).
  package static func matches(_ code: String, _ value: String) -> Bool {
    code == value || (Double(code) != nil && Double(code) == Double(value))
  }

  /// The different codes in the order of their first row, and how often each occurs.
  private struct Counts {
    private(set) var codes: [String] = []
    private var counts: [String: Int] = [:]

    init(_ column: CodedColumn) {
      let rows = codeCounts(column.codes, count: column.labels.count)
      var first = [Int](repeating: -1, count: column.labels.count)
      var left = rows.count { $0 > 0 }
      for (row, code) in column.codes.enumerated() where first[Int(code)] < 0 {
        first[Int(code)] = row
        left -= 1
        if left == 0 { break }
      }
      for code in rows.indices.filter({ rows[$0] > 0 }).sorted(by: { first[$0] < first[$1] }) {
        let label = column.labels[code]
        if counts[label, default: 0] == 0 { codes.append(label) }
        counts[label, default: 0] += rows[code]
      }
    }

    func total(_ codes: Set<String>) -> Int { codes.reduce(0) { $0 + counts[$1, default: 0] } }

    func listing(_ label: (String) -> String?) -> String {
      if codes.count > 20 { return "more than 20 different values" }
      return codes.map { code in
        let meaning = label(code).map { " = \($0)" } ?? ""
        return "\(code)\(meaning) (\(counts[code, default: 0]))"
      }.joined(separator: ", ")
    }
  }
}
