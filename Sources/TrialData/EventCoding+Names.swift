extension EventCoding {
  /// What the name of an event column says about its codes.
  struct ColumnName {
    private let column: String
    private let name: String

    init(_ column: String) {
      self.column = column
      name = column.lowercased()
    }

    /// ADaM's censoring indicator: 0 is an event, 1 or more a censoring (ADaM data structure for time-to-event analyses 1.0, 4.1).
    var isCNSR: Bool { name == "cnsr" }

    /// CENS, CENSOR, CNSR1; not UNCENSORED.
    private var speaksOfCensoring: Bool {
      (name.contains("cens") || name.contains("cnsr")) && !name.contains("uncens")
    }

    /// alive, survived, eventfree: yes means no event.
    private var speaksOfSurviving: Bool {
      name.contains("alive") || name.contains("surviv") || name.contains("free")
    }

    /// Whether a 1 or a yes would mean that there was no event.
    var speaksOfNoEvent: Bool { speaksOfCensoring || speaksOfSurviving }

    /// What the name speaks of, where it is no event.
    var subject: String { speaksOfCensoring ? "censoring" : "being without the event" }

    /// Why the codes that the caller named as events are more likely censorings; nil where nothing says so.
    func doubts(_ events: [String]) -> String? {
      let listing = "\(column) = \(events.joined(separator: " or "))"
      func counts(_ why: String) -> String { "Counted as events because the call says so: \(listing); \(why)" }
      if isCNSR {
        // Numbers above 0, whatever they are, and 1 written as a word.
        guard events.contains(where: { (Double($0).map { $0 > 0 } ?? false) || ColumnName.isYes($0) }) else {
          return nil
        }
        return counts("in ADaM CNSR = 0 is the event, and 1 or more a censoring")
      }
      if events.contains(where: { $0.lowercased().hasPrefix("cens") || $0.lowercased().hasPrefix("alive") }) {
        return counts("the code itself says otherwise")
      }
      if speaksOfNoEvent {
        return events.contains(where: ColumnName.isYes) ? counts("the name speaks of \(subject)") : nil
      }
      return events.contains(where: ColumnName.isNo) ? counts("0 and no mostly mean that there was none") : nil
    }

    private static func isYes(_ code: String) -> Bool {
      Double(code) == 1 || ["y", "yes", "t", "true"].contains(code.lowercased())
    }

    private static func isNo(_ code: String) -> Bool {
      Double(code) == 0 || ["n", "no", "f", "false"].contains(code.lowercased())
    }
  }
}
