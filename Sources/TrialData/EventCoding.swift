/// How a column's codes were read as event and censoring.
///
/// 0/1 and true/false mean what they say. A column named CNSR (ADaM) is the other way round: 0 is an event, any other
/// whole number a censoring. Everything else stops with the codes found: a reversed coding inverts every result, and no
/// guess is made.
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
  /// - Parameter eventValues: codes that mean an event, when the user named them; all others then mean censored.
  static func read(
    _ codes: [String], column: String, eventValues: [String], file: String
  ) throws(TrialDataError) -> (coding: EventCoding, isEvent: [Bool]) {
    var counts: [(code: String, count: Int)] = []
    for code in codes {
      if let known = counts.firstIndex(where: { $0.code == code }) {
        counts[known].count += 1
      } else if counts.count < 21 {
        counts.append((code, 1))
      }
    }
    let found = counts.map(\.code)
    let eventCodes: [String]
    if !eventValues.isEmpty {
      if let unknown = eventValues.first(where: { value in !found.contains { matches($0, value) } }) {
        throw TrialDataError(
          .data, file: file, column: column,
          "the event value \(unknown) does not occur; the codes are \(listing(counts))")
      }
      eventCodes = found.filter { code in eventValues.contains { matches(code, $0) } }
    } else if column.lowercased() == "cnsr", found.allSatisfy({ Int($0).map { $0 >= 0 } ?? false }) {
      eventCodes = found.filter { Int($0) == 0 }
    } else if found.allSatisfy({ Double($0) == 0 || Double($0) == 1 }) {
      eventCodes = found.filter { Double($0) == 1 }
    } else if found.allSatisfy({ ["true", "false"].contains($0.lowercased()) }) {
      eventCodes = found.filter { $0.lowercased() == "true" }
    } else {
      throw TrialDataError(
        .data, file: file, column: column,
        "the coding is not 0/1 or true/false; the codes are \(listing(counts)). Say which mean an event: "
          + "--event-values \(found.count == 2 ? found.sorted().last ?? "CODE" : "CODE")")
    }
    let isEvent = codes.map { eventCodes.contains($0) }
    let events = isEvent.filter { $0 }.count
    return (
      EventCoding(
        column: column, eventCodes: eventCodes.isEmpty ? ["1"] : eventCodes, events: events,
        censored: codes.count - events),
      isEvent
    )
  }

  private static func matches(_ code: String, _ value: String) -> Bool {
    code == value || (Double(code) != nil && Double(code) == Double(value))
  }

  private static func listing(_ counts: [(code: String, count: Int)]) -> String {
    counts.count > 20
      ? "more than 20 different values" : counts.map { "\($0.code) (\($0.count))" }.joined(separator: ", ")
  }
}
